/** A part of a text that has the shape of a secret. */
export interface FoundSecret {
  /** With its article: "an AWS access key". */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Parts of a text that have a shape which services hand out as keys, in order and without overlap. Shapes only, so that prose is left
 * alone; what says of itself that it is an example, repeats one character, or counts up, is none.
 */
export function findSecrets(text: string): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const { kind, hints, shape } of SHAPES) {
    if (!hints.some((hint) => text.includes(hint))) continue;
    for (const match of text.matchAll(shape)) {
      const secret = match.groups?.['secret'] ?? match[0];
      const start = match.index + match[0].indexOf(secret);
      if (isExample(secret)) continue;
      const end = start + secret.length;
      if (!found.some((other) => start < other.end && end > other.start)) found.push({ kind, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

interface Shape {
  readonly kind: string;
  /** One of these is in every text that the shape matches: looking for it is a hundred times quicker. */
  readonly hints: readonly string[];
  readonly shape: RegExp;
}

/** The first that matches a place names it. `secret` is the part to report where the shape needs more around it. */
const SHAPES: readonly Shape[] = [
  {
    kind: 'a private key',
    hints: ['PRIVATE KEY'],
    shape: /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?=\s*(?:\\n|\n|\r)?\s*[A-Za-z0-9+/=:])/g,
  },
  { kind: 'an Anthropic key', hints: ['sk-ant-'], shape: /\bsk-ant-[a-z0-9]{2,10}-[A-Za-z0-9_-]{32,}/g },
  { kind: 'an OpenRouter key', hints: ['sk-or-'], shape: /\bsk-or-v1-[a-f0-9]{40,}\b/g },
  { kind: 'an OpenAI key', hints: ['sk-'], shape: /\bsk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{32,}/g },
  { kind: 'an OpenAI key', hints: ['sk-'], shape: /\bsk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}\b/g },
  { kind: 'an API key', hints: ['sk-'], shape: /\bsk-[A-Za-z0-9]{40,64}\b/g },
  {
    kind: 'an AWS access key',
    hints: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
    shape: /(?<![A-Za-z0-9/+])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9/+])/g,
  },
  {
    kind: 'an AWS secret key',
    hints: ['aws', 'AWS', 'Aws'],
    shape: /\baws_?(?:secret_?)?(?:access_?)?(?:secret_?)?key(?:_?id)?["']?\s*[:=]\s*["']?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
  },
  { kind: 'a GitHub token', hints: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'], shape: /\bgh[pousr]_[A-Za-z0-9]{36,251}\b/g },
  {
    kind: 'a GitHub token',
    hints: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    shape: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/g,
  },
  {
    kind: 'a GitLab token',
    hints: ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glimt-', 'glagent-', 'gloas-', 'glsoat-'],
    shape: /\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-[A-Za-z0-9_-]{20,}/g,
  },
  { kind: 'a Slack token', hints: ['xox', 'xapp-'], shape: /\bxox[abposr]-(?:\d{8,13}-){1,3}[A-Za-z0-9-]{16,}/g },
  { kind: 'a Slack token', hints: ['xox', 'xapp-'], shape: /\bxapp-\d-[A-Z0-9]{8,}-\d{10,}-[a-f0-9]{32,}\b/g },
  {
    kind: 'a Slack webhook',
    hints: ['hooks.slack.com'],
    shape: /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/T[A-Z0-9]{8,}\/[AB][A-Z0-9]{8,}\/[A-Za-z0-9]{20,}/g,
  },
  { kind: 'a Google API key', hints: ['AIza'], shape: /\bAIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])/g },
  { kind: 'a Google OAuth secret', hints: ['GOCSPX-'], shape: /\bGOCSPX-[A-Za-z0-9_-]{28}(?![A-Za-z0-9_-])/g },
  { kind: 'an xAI key', hints: ['xai-'], shape: /\bxai-[A-Za-z0-9]{60,}\b/g },
  { kind: 'a Groq key', hints: ['gsk_'], shape: /\bgsk_[A-Za-z0-9]{48,}\b/g },
  { kind: 'a Hugging Face token', hints: ['hf_'], shape: /\bhf_[A-Za-z0-9]{34,}\b/g },
  { kind: 'a Replicate token', hints: ['r8_'], shape: /\br8_[A-Za-z0-9]{37}\b/g },
  { kind: 'an npm token', hints: ['npm_'], shape: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { kind: 'a PyPI token', hints: ['pypi-'], shape: /\bpypi-AgE[A-Za-z0-9_-]{60,}/g },
  { kind: 'a Stripe key', hints: ['k_live_'], shape: /\b[rs]k_live_[A-Za-z0-9]{24,}\b/g },
  { kind: 'a SendGrid key', hints: ['SG.'], shape: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g },
  { kind: 'a Shopify token', hints: ['shpat_', 'shpca_', 'shppa_', 'shpss_'], shape: /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b/g },
  { kind: 'a DigitalOcean token', hints: ['_v1_'], shape: /\bdo[opr]_v1_[a-f0-9]{64}\b/g },
  { kind: 'a Twilio key', hints: ['SK'], shape: /\bSK[a-f0-9]{32}\b/g },
  { kind: 'a Telegram bot token', hints: [':AA'], shape: /(?<![\w-])\d{8,10}:AA[A-Za-z0-9_-]{33}(?![\w-])/g },
  {
    kind: 'a JSON Web Token',
    hints: ['eyJ'],
    shape: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{30,}(?![A-Za-z0-9_-])/g,
  },
  {
    kind: 'a password in an address',
    hints: ['://'],
    shape:
      /\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|rediss?|amqps?|https?):\/\/[^\s:/@"'{}<>$]{1,64}:(?<secret>[^\s/@"'{}<>$]{8,128})@[A-Za-z0-9.-]+/g,
  },
];

function isExample(secret: string): boolean {
  if (
    /example|sample|dummy|fake|placeholder|redacted|your[-_]?|xxxx|\*\*\*|\.\.\.|todo|change[-_]?me|abcdef|012345|123456|password|secret|test[-_]?key/i.test(
      secret,
    )
  )
    return true;
  const letters = secret.replace(/^[a-z0-9]{2,6}[-_]/i, '').slice(-24);
  return letters.length > 0 && !secret.startsWith('-----') && new Set(letters).size <= Math.min(4, letters.length / 2);
}
