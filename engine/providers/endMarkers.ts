/**
 * What a whole event stream holds at the start of a line, by the path of the request. Text of an answer cannot fake it:
 * JSON has no raw line breaks.
 */
export function endMarkerOf(path: string): RegExp {
  if (path.endsWith('/responses')) return /\nevent: ?response\.(?:completed|incomplete|failed)/;
  if (path.endsWith('/messages')) return /\nevent: ?message_stop/;
  return /\ndata: ?\[DONE\]/;
}
