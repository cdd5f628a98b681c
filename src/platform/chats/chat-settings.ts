import { basename } from 'node:path';
import type { Environment } from '#src/platform/config/environment';
import { type ChatEntry, type ChatProblem, NO_FILE, readChatsFile } from './chats-file.ts';
import { pluginOfPackage } from './outside/outside-plugin.ts';
import type { ChatPlatform } from './plugins.ts';

/** A chat that the operator switched on, as its row has it. */
export interface WantedChat {
  readonly id: string;
  readonly plugin: string;
  readonly name: string;
  readonly config: unknown;
  readonly secrets: Readonly<Record<string, string>>;
}

export interface ChatSettings {
  readonly wanted: readonly WantedChat[];
  readonly problems: readonly ChatProblem[];
  /** Ids that are asked for, usable or not. Null when nobody knows which. */
  readonly asked: readonly string[] | null;
}

/** Which chats the operator wants: by name in CHAT_ADAPTERS, those that come with Muster; by MUSTER_CHATS, any, and several of one. */
export async function chatSettings(
  environment: Environment,
  chatsFile: string | undefined,
  platforms: readonly ChatPlatform[],
): Promise<ChatSettings> {
  const named = namedChats(environment, platforms);
  const file = chatsFile ? await readChatsFile(chatsFile) : NO_FILE;
  const wanted = [...named.wanted];
  const problems = [...named.problems, ...file.problems];
  for (const entry of file.entries) {
    const made = named.asked.includes(entry.id)
      ? `"${entry.id}" is in CHAT_ADAPTERS and in ${basename(chatsFile ?? '')}. The first one counts: take it out of one of them.`
      : await wantedOf(entry, environment, platforms);
    if (typeof made === 'string') problems.push({ id: entry.id, say: made, hasSetup: true });
    else wanted.push(made);
  }
  const asked = [...named.asked, ...file.entries.map(({ id }) => id), ...file.problems.map(({ id }) => id)];
  return { wanted, problems, asked: file.isReadable ? asked : null };
}

function namedChats(
  environment: Environment,
  platforms: readonly ChatPlatform[],
): Omit<ChatSettings, 'asked'> & { asked: readonly string[] } {
  const asked = [
    ...new Set(
      (environment['CHAT_ADAPTERS'] ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    ),
  ];
  const wanted: WantedChat[] = [];
  const problems: ChatProblem[] = [];
  for (const id of asked) {
    const platform = platforms.find(({ plugin }) => plugin.id === id);
    const found = platform?.fromEnvironment(environment);
    if (!platform || !found) {
      const known = platforms.map(({ plugin }) => plugin.id).join(', ');
      problems.push({
        id,
        say: `CHAT_ADAPTERS names "${id}", which this Muster does not have. It has ${known}; any other goes into MUSTER_CHATS.`,
      });
    } else if ('problems' in found) problems.push({ id, say: found.problems.join(' '), hasSetup: true });
    else wanted.push({ id, plugin: id, name: platform.plugin.name, config: found.config, secrets: found.secrets });
  }
  return { wanted, problems, asked };
}

/** A sentence says why not. */
async function wantedOf(entry: ChatEntry, environment: Environment, platforms: readonly ChatPlatform[]): Promise<WantedChat | string> {
  const { id, name, config } = entry;
  const secrets: Record<string, string> = {};
  const unset: string[] = [];
  for (const [secret, { env }] of Object.entries(entry.secrets)) {
    const value = environment[env]?.trim() ?? '';
    if (value === '') unset.push(`${env}, for its secret "${secret}"`);
    secrets[secret] = value;
  }
  if (unset.length > 0)
    return `The chat "${id}" lacks what its secrets are read from: ${unset.join('; ')}. Set ${unset.length > 1 ? 'these variables' : 'this variable'} where Muster is started, and start it again.`;
  if (entry.package !== undefined) return { id, plugin: pluginOfPackage(entry.package), name: name ?? id, config, secrets };

  const platform = platforms.find(({ plugin }) => plugin.id === entry.plugin);
  if (!platform)
    return `The chat "${id}" names the plugin "${entry.plugin}", which this Muster does not have. It has ${platforms.map(({ plugin }) => plugin.id).join(', ')}; one from outside is named by "package".`;
  // Only who uses it loads it: every process reads these settings at its start.
  const { problemsOfConfig } = await import('./config-check.ts');
  const wrong = problemsOfConfig(platform.plugin.config, config) ?? [];
  if (wrong.length > 0)
    return `The settings of "${id}" are not as ${platform.plugin.name} wants them: ${wrong.join('; ')}. Correct its "config" and start Muster again.`;
  return { id, plugin: platform.plugin.id, name: name ?? platform.plugin.name, config, secrets };
}
