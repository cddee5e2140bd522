/** Whom a key belongs to, for people: a provider by its name, `environment:eu#secretKey` as `environment eu (secret key)`. */
export function keyOwnerName(provider: string): string {
  const [, encoded, part] = /^environment:([^#]*)(?:#(publicKey|secretKey))?$/.exec(provider) ?? [];
  if (encoded === undefined) return provider;
  return `environment ${decoded(encoded)}${part === undefined ? '' : ` (${part === 'publicKey' ? 'public key' : 'secret key'})`}`;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
