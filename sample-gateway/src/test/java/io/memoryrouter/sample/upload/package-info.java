/**
 * What somebody does who has years of chats already: uploads them at once and asks.
 */
@NullMarked
package io.memoryrouter.sample.upload;

import org.jspecify.annotations.NullMarked;
