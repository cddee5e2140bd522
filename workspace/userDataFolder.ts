import { homedir } from 'node:os';
import { isAbsolute, posix, win32 } from 'node:path';

/** What decides where the user's own data lives. */
export interface UserDataPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/**
 * Absolute path of this user's folder for data that belongs to no repository (consents, refreshed model facts). `EVENKEEL_HOME` overrides;
 * else `$XDG_CONFIG_HOME` or `~/.config`, `%APPDATA%`, `~/Library/Application Support`, each with `evenkeel`. The folder may not exist yet.
 */
export function userDataFolder(place: UserDataPlace = { env: process.env, platform: process.platform, home: homedir() }): string {
  const { env, platform, home } = place;
  const own = env.EVENKEEL_HOME;
  if (own && isAbsolute(own)) return own;
  if (platform === 'win32') return win32.join(env.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'evenkeel');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'evenkeel');
  const xdg = env.XDG_CONFIG_HOME;
  return posix.join(xdg && posix.isAbsolute(xdg) ? xdg : posix.join(home, '.config'), 'evenkeel'); // a relative one is to be ignored (XDG Base Directory)
}
