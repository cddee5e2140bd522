/** Keys at the top of a config, as promptfoo's schema and documentation list them. */
export const CONFIG_KEYS: readonly string[] = [
  ...['prompts', 'providers', 'targets', 'tests', 'scenarios', 'defaultTest', 'description', 'tags', 'env', 'outputPath', 'sharing'],
  ...['nunjucksFilters', 'derivedMetrics', 'extensions', 'metadata', 'redteam', 'tracing', 'evaluateOptions', 'commandLineOptions'],
  ...['writeLatestResults', 'assertionTemplates', '$schema'],
];

/** Keys of a test. */
export const TEST_KEYS: readonly string[] = [
  ...['description', 'vars', 'provider', 'providers', 'providerOutput', 'prompts', 'assert', 'assertScoringFunction', 'threshold'],
  ...['options', 'metadata'],
];

/** Keys of an assertion. */
export const ASSERTION_KEYS: readonly string[] = [
  ...[
    'type',
    'value',
    'threshold',
    'weight',
    'metric',
    'provider',
    'rubricPrompt',
    'transform',
    'contextTransform',
    'config',
    'assert',
    'normalizeUnicode',
  ],
];
