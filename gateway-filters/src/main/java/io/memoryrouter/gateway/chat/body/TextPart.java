package io.memoryrouter.gateway.chat.body;

/**
 * How a dialect writes a part of text, and what becomes of a block where a message has
 * parts.
 *
 * @param start what a part of text begins with, up to the inside of its literal, which is
 * its last value
 * @param joined whether a block goes into the text that is there, if there is some. If
 * not it always becomes a part of its own: for dialects whose clients mark a part to say
 * that the prompt is cached up to its end
 */
public record TextPart(String start, boolean joined) {

}
