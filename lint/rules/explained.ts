/** A rule's page in Markdown: why, then an example that it finds and one that it does not. */
export function explained(why: string, bad: string, good: string): string {
  return [why, 'Bad:', fence(bad), 'Good:', fence(good)].join('\n\n');
}

function fence(yaml: string): string {
  return `\`\`\`yaml\n${yaml.replace(/^\n+|\s+$/g, '')}\n\`\`\``;
}
