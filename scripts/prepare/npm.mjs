/** The npm we were started by, or the one in the path. */
export function npm() {
  const cli = process.env.npm_execpath;
  return cli && /npm-cli\.c?js$/.test(cli) ? [process.execPath, cli] : ['npm'];
}

/** npm tells its scripts about itself in variables; an npm inside would take some of them for wishes. */
export function ownEnvironment() {
  const misleading =
    /^npm_(lifecycle|package|command|config_(local_prefix|prefix|workspace|workspaces|global|dry_run|ignore_scripts|omit|only|production))/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !misleading.test(name)));
}
