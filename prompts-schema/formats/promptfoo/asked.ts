import type { Issue } from '../../parse/issue.ts';
import type { PositionedNode } from '../../parse/positioned.ts';
import { toJson } from '../../parse/tree.ts';
import type { Range } from '../../text/range.ts';
import type { ConfigCase } from './cases.ts';
import type { Included } from './included.ts';
import type { ConfigPrompt } from './prompts.ts';
import { type Called, type ConfigProvider, readProvider, sameCall } from './providers.ts';
import type { Remarks } from './remarks.ts';

/** Whom a test asks, where it says so. */
export interface AskedProviders {
  /** `provider`: it answers in place of those of the file. */
  readonly instead: ConfigProvider | undefined;
  /** `providers`: labels and ids of those of the file that are asked. */
  readonly among: readonly string[] | undefined;
  readonly range: Range;
}

/** Reads `provider` and `providers` of a test. */
export function readAsked(
  instead: PositionedNode | undefined,
  among: PositionedNode | undefined,
  included: Included,
  issues: Issue[],
): AskedProviders | undefined {
  const range = (instead ?? among)?.range;
  if (!range) return undefined;
  const refs = among?.kind === 'list' ? among.items : [];
  return {
    instead: instead && readProvider(instead, included, issues),
    among: among?.kind === 'list' ? refs.map((ref) => String(toJson(ref))) : undefined,
    range,
  };
}

/** Models of a prompt that a case goes to: all where undefined. `nobody` where none of the providers of the prompt is asked at all. */
export function modelsOf(
  asked: AskedProviders | undefined,
  { allowed, callable }: Pick<Called, 'allowed' | 'callable'>,
  remarks: Remarks,
): readonly string[] | 'nobody' | undefined {
  const { instead, among, range } = asked ?? {};
  const wanted = among ? allowed.filter((provider) => among.some((ref) => isProvider(ref, provider))) : allowed;
  if (among && wanted.length === 0 && allowed.length > 0) return 'nobody';
  if (callable.length === 0 || !range) return undefined;
  const found = callable.filter((provider) => (instead ? isSame(instead, provider) : wanted.includes(provider)));
  const models = [...new Set(found.flatMap(({ model }) => model ?? []))];
  if (models.length === 0)
    remarks.add(
      `asked ${range.start}`,
      'schema.unresolved-value',
      `This test asks ${instead ? `\`${instead.id.value}\`` : 'providers'} that runs of the prompt do not call${instead?.model ? ', or not with these settings' : ''}. Only a run with \`--model\` has an answer for it.`,
      range,
    );
  return models.length === new Set(callable.map(({ model }) => model)).size ? undefined : models;
}

/** Why a case cannot be asked: it takes a value from the answer to an earlier one. */
export function storedReason(
  { stored, ...of }: ConfigCase,
  prompt: ConfigPrompt,
): { readonly name: string; readonly message: string } | undefined {
  if (stored.size === 0) return undefined;
  const read = new Set(prompt.messages.flatMap(({ placeholders }) => placeholders.map(({ name }) => name)));
  const texts = JSON.stringify([Object.values(of.own), of.checks.asserts.map(toJson)]);
  const inTags = [...texts.matchAll(/\{[{%].*?[%}]\}/g)].map(([tag]) => tag);
  for (const name of stored)
    if (read.has(name) || inTags.some((tag) => words(tag).has(name)))
      return {
        name,
        message: `It takes \`${name}\` from the answer to an earlier test (\`storeOutputAs\`), and here each case is asked by itself. Give \`${name}\` a value in \`vars\` and take \`storeOutputAs\` out.`,
      };
  return undefined;
}

function words(tag: string): ReadonlySet<string> {
  return new Set(tag.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
}

/** A label, an id, the beginning of one before `*` or before a colon. */
function isProvider(ref: string, { id, label }: ConfigProvider): boolean {
  const names = label === undefined ? [id.value] : [label, id.value];
  return names.some((name) => name === ref || name.startsWith(`${ref}:`) || (ref.endsWith('*') && name.startsWith(ref.slice(0, -1))));
}

function isSame(instead: ConfigProvider, provider: ConfigProvider): boolean {
  return instead.model !== undefined && instead.model === provider.model && sameCall(instead, provider);
}
