import { statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AdapterPlugin } from '@musterhq/chat-port';
import { resolve } from 'import-meta-resolve';
import type { Assignment } from '../wire.types.ts';
import { Unfit } from './unfit.ts';

const SPOKEN = 1;

/** @throws Unfit when there is no such package, or it has no adapter that speaks our contract */
export async function pluginOf({ package: name, folders }: Pick<Assignment, 'package' | 'folders'>): Promise<AdapterPlugin> {
  const module = await loaded(name, placeOf(name, folders));
  const plugin = (module['default'] ?? module['plugin']) as Partial<AdapterPlugin> | undefined;
  if (typeof plugin !== 'object' || plugin === null || !('chatport' in plugin))
    throw new Unfit(
      `The package ${name} has no adapter. Its default export, or one named "plugin", has to have chatport, id, name, config and create.`,
    );
  if (plugin.chatport !== SPOKEN)
    throw new Unfit(
      `The package ${name} speaks version ${String(plugin.chatport).slice(0, 20)} of the contract for chats, and this Muster speaks version ${SPOKEN}. Install a version of it that does, or another Muster.`,
    );
  const wrong = [
    typeof plugin.id === 'string' && plugin.id !== '' ? '' : 'id has to be text',
    typeof plugin.name === 'string' && plugin.name !== '' ? '' : 'name has to be text',
    typeof plugin.config === 'object' && plugin.config !== null ? '' : 'config has to be a JSON Schema',
    typeof plugin.create === 'function' ? '' : 'create has to be a function',
    plugin.setup === undefined || typeof plugin.setup === 'function' ? '' : 'setup has to be a function',
  ].filter(Boolean);
  if (wrong.length > 0) throw new Unfit(`The adapter of the package ${name} is not whole: ${wrong.join(', ')}. Tell whoever makes it.`);
  return plugin as AdapterPlugin;
}

/** As if a file in the folder imported it. */
function placeOf(name: string, folders: readonly string[]): string {
  const isPath = /^\.{0,2}\//.test(name);
  for (const folder of folders) {
    try {
      const place = resolve(name, pathToFileURL(`${folder}/chats.json`).href);
      if (!isPath || statSync(fileURLToPath(place), { throwIfNoEntry: false })?.isFile()) return place;
      break;
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== 'ERR_MODULE_NOT_FOUND')
        throw new Unfit(
          `The package ${name} is there, and says nowhere which of its files to import. Tell whoever makes it.`,
          wordsOf(error),
        );
    }
  }
  const [first = ''] = folders;
  throw new Unfit(
    isPath
      ? `There is no file ${name}, seen from ${first}. Write its path in "package", with the file's name.`
      : `The package ${name} is not installed. Run "npm install ${name}" in ${first}.`,
  );
}

async function loaded(name: string, place: string): Promise<Record<string, unknown>> {
  try {
    return (await import(place)) as Record<string, unknown>;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ERR_MODULE_NOT_FOUND')
      throw new Unfit(
        `The package ${name} could not be loaded, because something that it needs is not there. Install it anew.`,
        wordsOf(error),
      );
    throw new Unfit(`The package ${name} could not be loaded: it failed while it was imported.`, wordsOf(error));
  }
}

const wordsOf = (error: unknown): string => String(error instanceof Error ? error.message : error).slice(0, 500);
