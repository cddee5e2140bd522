/** The types of bootstrap.mjs, which is plain JavaScript because it runs before anything is installed. */
declare module '*/bootstrap.mjs' {
  /** The repository's root, with a separator at its end. */
  export const ROOT: string;
  export function run(args: readonly string[]): Promise<number>;
  export function toolchainNode(): Promise<string>;
  export function portableNode(): Promise<string>;
  export function buildOnce(
    home: string,
    stamp: string,
    build: (building: string) => Promise<unknown>,
    options?: { readonly inPlace?: boolean },
  ): Promise<void>;
  export function withLock<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  export function npm(node: string, cwd: string, args: readonly string[], options?: { readonly show?: boolean }): Promise<number>;
}
