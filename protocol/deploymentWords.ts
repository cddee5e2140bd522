import type { DeployedPrompt, DeployedRow, DeploymentProblem, Relation } from './deployments.ts';

/** The heads of the table of environments, in hovers and on the command line; `deployedCells` fills a row of it. */
export const DEPLOYED_COLUMNS: readonly string[] = ['environment', 'version', 'model', 'this file?', 'since', 'by'];

/** One environment as a row of the table. Plain text: whoever shows it escapes it. */
export function deployedCells({ environment, deployed, relation, answeredAt }: DeployedRow, now: Date): readonly string[] {
  if (!deployed) return [environment, answeredAt === undefined ? 'no answer yet' : 'not deployed', '', '', '', ''];
  const { model = '', since } = deployed;
  return [
    environment,
    versionWords(deployed),
    model,
    relationWords(relation),
    since === undefined ? '' : momentWords(since, now),
    byWords(deployed),
  ];
}

/**
 * One environment in a line: `production 1.3.0 · 2 edits behind`, `staging = this file`, `canary 1.2.0 (source down, 3 h old)`. A source that
 * could not be asked is not held against the file. Empty where nothing has been asked yet.
 */
export function deployedLine(row: DeployedRow, now: Date): string {
  const { environment, deployed, relation, answeredAt, problem } = row;
  if (problem) {
    const said = [problemWords(problem), answeredAt === undefined ? 'no answer yet' : ageWords(answeredAt, now)].join(', ');
    return `${[environment, deployed && versionWords(deployed)].filter(Boolean).join(' ')} (${said})`;
  }
  if (!deployed) return answeredAt === undefined ? '' : `not in ${environment}`;
  if (relation?.kind === 'same') return `${environment} = this file`;
  const how = relation === undefined || relation.kind === 'unknown' ? '' : ` · ${relationWords(relation)}`;
  return `${environment} ${versionWords(deployed)}${how}`;
}

/** What is said below the table of a source that could not be asked: `last known answer, 3 h old: the source is down`; empty where all is well. */
export function problemLine({ answeredAt, problem }: Pick<DeployedRow, 'answeredAt' | 'problem'>, now: Date): string {
  if (!problem) return '';
  return `${answeredAt === undefined ? 'no answer yet' : `last known answer, ${ageWords(answeredAt, now)}`}: ${PROBLEMS[problem.kind].sentence}`;
}

/** Why a source could not be asked, in two words: `source down`. */
export function problemWords({ kind }: Pick<DeploymentProblem, 'kind'>): string {
  return PROBLEMS[kind].short;
}

/** How what is deployed stands to the file: `same`, `2 edits behind`, `1 edit ahead`, `differs`; `cannot be told` where its source tells too little. */
export function relationWords(relation: Relation | undefined): string {
  if (relation === undefined || relation.kind === 'unknown') return 'cannot be told';
  if (relation.kind === 'same' || relation.kind === 'differs') return relation.kind;
  return `${relation.edits.toLocaleString('en')} ${relation.edits === 1 ? 'edit' : 'edits'} ${relation.kind}`;
}

/** The version of what is deployed; without one its commit or its fingerprint, short. */
export function versionWords({ version, commit, fingerprint }: Pick<DeployedPrompt, 'version' | 'commit' | 'fingerprint'>): string {
  if (version) return version;
  if (commit) return commit.slice(0, SHORT_COMMIT);
  return fingerprint ? fingerprint.slice(0, SHORT_FINGERPRINT) : 'version not told';
}

/** Who deployed it, and from which commit: `deploy-bot, 4f1c2ab`. */
export function byWords({ by = '', commit = '' }: Pick<DeployedPrompt, 'by' | 'commit'>): string {
  const short = commit.slice(0, SHORT_COMMIT);
  return [by, by.includes(short) ? '' : short].filter(Boolean).join(', ');
}

/** An ISO time or a day as people say it where they are: `3 Nov 2026`, `today 08:51`. What is neither stays as it is. */
export function momentWords(moment: string, now: Date): string {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(moment);
  const at = day ? new Date(Number(day[1]), Number(day[2]) - 1, Number(day[3])) : new Date(moment);
  if (Number.isNaN(at.getTime())) return moment;
  if (at.toDateString() !== now.toDateString()) return `${at.getDate()} ${MONTHS[at.getMonth()]} ${at.getFullYear()}`;
  return day ? 'today' : `today ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** How old an answer of that ISO time is: `3 h old`, `12 min old`, `2 days old`, `just in`. */
export function ageWords(answeredAt: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(answeredAt)) / 60_000);
  if (!(minutes >= 1)) return 'just in';
  if (minutes < 60) return `${minutes} min old`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h old`;
  return `${Math.floor(hours / 24)} days old`;
}

const SHORT_COMMIT = 7;
const SHORT_FINGERPRINT = 'ek1:'.length + 8;
const MONTHS: readonly string[] = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const PROBLEMS: Readonly<Record<DeploymentProblem['kind'], { readonly short: string; readonly sentence: string }>> = {
  down: { short: 'source down', sentence: 'the source is down' },
  slow: { short: 'source slow', sentence: 'the source did not answer in time' },
  invalid: { short: 'answer not understood', sentence: 'the source answered with something else' },
  tooLarge: { short: 'answer too large', sentence: 'the answer of the source is too large' },
  redirected: { short: 'redirected', sentence: 'the source sends to another address, which is not followed' },
  key: { short: 'key missing or refused', sentence: 'the source wants a key that is missing or refused' },
  git: { short: 'not found in git', sentence: 'git cannot tell' },
  configuration: { short: 'source not usable', sentence: 'evenkeel.yml names no usable source' },
};

function two(value: number): string {
  return String(value).padStart(2, '0');
}
