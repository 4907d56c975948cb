/**
 * Lists that are read page by page: what a client is given to go on with, and cannot read
 * or make.
 */
@NullMarked
package io.memoryrouter.memory.paging;

import org.jspecify.annotations.NullMarked;
