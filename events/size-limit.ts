/** The longest request that is read, in bytes: what a message of the vendor's queue service holds. */
export const MAX_REQUEST_BYTES = 64 * 1024;

/**
 * The longest message that our topics take, in bytes. A topic trigger puts the message as text into its event, where every
 * quote and line end takes two bytes, and Function Compute takes events of 128 KB: a longer message could be published and
 * would reach nobody. With this the topic refuses it, and whoever publishes hears of that.
 *
 * Belief escaped-twice (inferred): no character of a message takes more than twice its bytes in the event of a topic
 * trigger. Source: JSON, with what XML allows in a message. Shown wrong by: by hand, because it needs an installation:
 * publish 60 KB of `<`, and look for the reply.
 */
export const MAX_MESSAGE_BYTES = 65_000;
