import { describe, expect, it } from 'vitest';
import { withReviewMerge } from '../../cli/gitAttributes.ts';

const LINE = '**/__baselines__/*.reviews.jsonl merge=union';

describe('.gitattributes', () => {
  it.each([
    ['an empty one', '', `${LINE}\n`],
    ['one of others', '*.png binary\n', `*.png binary\n${LINE}\n`],
    ['one without a last line end', '*.png binary', `*.png binary\n${LINE}\n`],
    ['one with CRLF', '*.png binary\r\n', `*.png binary\r\n${LINE}\r\n`],
    ['a comment that names it', `# ${LINE}\n`, `# ${LINE}\n${LINE}\n`],
    ['another merge of it', '**/__baselines__/*.reviews.jsonl merge=ours\n', `**/__baselines__/*.reviews.jsonl merge=ours\n${LINE}\n`],
  ])('%s keeps what it has and gets the line', (_name, before, after) => {
    expect(withReviewMerge(before)).toBe(after);
    expect(withReviewMerge(after)).toBeUndefined();
  });

  it('a line with more attributes or other spacing will do', () => {
    expect(withReviewMerge('**/__baselines__/*.reviews.jsonl\ttext  merge=union\n')).toBeUndefined();
  });
});
