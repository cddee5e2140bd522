const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?)?$/;

/**
 * An ISO 8601 date or date with time as days since 1970-01-01 (a time counts as part of a day, without a zone as UTC), or null for anything
 * else. Dates are compared as these numbers.
 */
export function dateDays(text: string): number | null {
  const match = ISO.exec(text.trim());
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const midnight = Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0);
  const check = new Date(midnight);
  if (check.getUTCMonth() + 1 !== month || check.getUTCDate() !== day) return null;
  return midnight / 86_400_000 + ((hour ?? 0) * 60 + (minute ?? 0) - zoneMinutes(match[7])) / 1440 + (second ?? 0) / 86_400;
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return digits.startsWith('-') ? -minutes : minutes;
}
