/**
 * Tokens of an identity provider: what a JWT has to be like to be believed. Who its
 * bearer is, and what for, is the business of the packages that ask.
 */
@NullMarked
package io.memoryrouter.gateway.jwt;

import org.jspecify.annotations.NullMarked;
