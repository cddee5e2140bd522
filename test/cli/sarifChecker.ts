/**
 * What is wrong in a SARIF 2.1.0 log by the text of the standard, as far as `evenkeel lint` uses it. Knows nothing of the writer: it takes
 * any JSON. A JSON Schema cannot say most of it.
 */
export function sarifComplaints(log: unknown): readonly string[] {
  const found: string[] = [];
  const complain = (place: string, what: string): void => void found.push(`${place}: ${what}`);
  noNulls(log, '$', complain);
  const top = objectAt(log, '$', ['$schema', 'version', 'runs'], complain);
  if (top['version'] !== '2.1.0') complain('$.version', 'is "2.1.0"');
  if (!URL.canParse(String(top['$schema']))) complain('$.$schema', 'is an absolute address');
  listAt(top['runs'], '$.runs', complain).forEach((run, at) => {
    runAt(run, `$.runs[${at}]`, complain);
  });
  return found;
}

type Complain = (place: string, what: string) => void;
type Fields = Readonly<Record<string, unknown>>;

const LEVELS: readonly unknown[] = ['none', 'note', 'warning', 'error'];

function runAt(run: unknown, place: string, complain: Complain): void {
  const fields = objectAt(run, place, ['tool', 'columnKind', 'results'], complain);
  if (!['utf16CodeUnits', 'unicodeCodePoints'].includes(String(fields['columnKind'])))
    complain(`${place}.columnKind`, 'says in what columns count');
  const tool = objectAt(fields['tool'], `${place}.tool`, ['driver'], complain);
  const driver = objectAt(tool['driver'], `${place}.tool.driver`, ['name', 'version', 'semanticVersion', 'rules'], complain);
  if (!isText(driver['name'])) complain(`${place}.tool.driver.name`, 'is there and not empty');
  if (!/^\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?$/.test(String(driver['semanticVersion'])))
    complain(`${place}.tool.driver.semanticVersion`, 'is a semantic version');
  const rules = listAt(driver['rules'], `${place}.tool.driver.rules`, complain);
  const ids = rules.map((rule, at) => ruleAt(rule, `${place}.tool.driver.rules[${at}]`, complain));
  if (new Set(ids).size !== ids.length) complain(`${place}.tool.driver.rules`, 'ids are unique');
  listAt(fields['results'], `${place}.results`, complain).forEach((result, at) => {
    resultAt(result, `${place}.results[${at}]`, ids, complain);
  });
}

function ruleAt(rule: unknown, place: string, complain: Complain): unknown {
  const known = ['id', 'name', 'shortDescription', 'fullDescription', 'help', 'helpUri', 'defaultConfiguration'];
  const fields = objectAt(rule, place, known, complain);
  if (!isText(fields['id'])) complain(`${place}.id`, 'is there and not empty');
  if (fields['helpUri'] !== undefined && !URL.canParse(String(fields['helpUri']))) complain(`${place}.helpUri`, 'is an absolute address');
  for (const key of ['shortDescription', 'fullDescription', 'help']) {
    const text = objectAt(fields[key], `${place}.${key}`, ['text', 'markdown'], complain);
    if (!isText(text['text'])) complain(`${place}.${key}.text`, 'is there and not empty');
  }
  const configuration = objectAt(fields['defaultConfiguration'], `${place}.defaultConfiguration`, ['enabled', 'level'], complain);
  if (!LEVELS.includes(configuration['level'])) complain(`${place}.defaultConfiguration.level`, 'is one of four words');
  return fields['id'];
}

function resultAt(result: unknown, place: string, ids: readonly unknown[], complain: Complain): void {
  const fields = objectAt(result, place, ['ruleId', 'ruleIndex', 'level', 'message', 'locations', 'partialFingerprints'], complain);
  const index = fields['ruleIndex'];
  if (!isText(fields['ruleId'])) complain(`${place}.ruleId`, 'is there and not empty');
  if (index !== undefined && (typeof index !== 'number' || ids[index] !== fields['ruleId']))
    complain(`${place}.ruleIndex`, 'is the place of the rule with that id');
  if (index === undefined && ids.includes(fields['ruleId'])) complain(`${place}.ruleIndex`, 'is there where the rule is');
  if (!LEVELS.includes(fields['level'])) complain(`${place}.level`, 'is one of four words');
  if (!isText(objectAt(fields['message'], `${place}.message`, ['text'], complain)['text']))
    complain(`${place}.message.text`, 'is there and not empty');
  const prints = objectAt(fields['partialFingerprints'], `${place}.partialFingerprints`, undefined, complain);
  for (const [key, value] of Object.entries(prints))
    if (!isText(value) || !/^\w+\/v\d+$/.test(key)) complain(`${place}.partialFingerprints`, 'texts under versioned names');
  const locations = listAt(fields['locations'], `${place}.locations`, complain);
  if (locations.length !== 1) complain(`${place}.locations`, 'a finding stands at one place');
  locations.forEach((location, at) => {
    const physical = `${place}.locations[${at}].physicalLocation`;
    const outer = objectAt(location, `${place}.locations[${at}]`, ['physicalLocation'], complain);
    const inner = objectAt(outer['physicalLocation'], physical, ['artifactLocation', 'region'], complain);
    const artifact = objectAt(inner['artifactLocation'], `${physical}.artifactLocation`, ['uri'], complain);
    if (!isRelativeReference(artifact['uri'])) complain(`${physical}.artifactLocation.uri`, 'is a relative reference of RFC 3986');
    regionAt(inner['region'], `${physical}.region`, complain);
  });
}

function regionAt(region: unknown, place: string, complain: Complain): void {
  const keys = ['startLine', 'startColumn', 'endLine', 'endColumn'];
  const fields = objectAt(region, place, keys, complain);
  for (const key of keys) {
    const value = fields[key];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) complain(`${place}.${key}`, 'counts from 1');
  }
  const [startLine = 0, startColumn = 0, endLine = 0, endColumn = 0] = keys.map((key) => Number(fields[key]));
  if (endLine < startLine || (endLine === startLine && endColumn < startColumn)) complain(place, 'ends behind its start');
}

/** `path-noscheme` of RFC 3986, appendix A: names of unreserved characters, escapes and sub-delims; the first has no colon. */
function isRelativeReference(uri: unknown): boolean {
  const name = "(?:[A-Za-z0-9._~!$&'()*+,;=@:-]|%[0-9A-Fa-f]{2})";
  return typeof uri === 'string' && new RegExp(`^(?![^/]*:)${name}+(?:/${name}+)*$`).test(uri);
}

/** The object at a place, which holds none but these properties; an empty one where there is something else. */
function objectAt(value: unknown, place: string, known: readonly string[] | undefined, complain: Complain): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    complain(place, 'is an object');
    return {};
  }
  for (const key of Object.keys(value)) if (known && !known.includes(key)) complain(place, `has no property ${key}`);
  return value as Fields;
}

function listAt(value: unknown, place: string, complain: Complain): readonly unknown[] {
  if (Array.isArray(value)) return value;
  complain(place, 'is a list');
  return [];
}

function noNulls(value: unknown, place: string, complain: Complain): void {
  if (value === null) complain(place, 'what is not there is left out');
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) noNulls(inner, `${place}.${key}`, complain);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}
