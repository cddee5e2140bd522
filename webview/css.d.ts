/** A style sheet that esbuild puts beside the bundle. */
declare module '*.css';
