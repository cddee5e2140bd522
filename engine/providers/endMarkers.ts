/** What a whole event stream holds at the start of a line, by protocol. Text of an answer cannot fake it: JSON has no raw line breaks. */
export const END_MARKERS = {
  chat: /\ndata: ?\[DONE\]/,
  responses: /\nevent: ?response\.(?:completed|incomplete|failed)/,
  messages: /\nevent: ?message_stop/,
} as const;
