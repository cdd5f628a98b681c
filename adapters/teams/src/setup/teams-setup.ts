import type { AdapterContext, Attempt, Setup, SetupStep } from '@musterhq/chat-port';
import { channelOf, teamIn } from '../conversations.ts';
import { BotToken } from '../outbound/bot-token.ts';
import { ENTERED, KINDS, PRIVATE_KINDS, givenConfig, isKind, isPrivateKind, isYesOrNo } from '../teams-config.ts';
import { GUID_LOOKS, isGuid } from '../teams-environment.ts';
import { TeamsProofs } from '../teams-proofs.ts';
import { appPackage, permissionsFor } from './app-package.ts';
import { GraphSteps, choiceOf, kindOf } from './graph-steps.ts';

type Given = Awaited<ReturnType<typeof givenConfig>>;

/** How one step is. */
interface Finding {
  readonly done: boolean;
  readonly say: string;
  readonly wrong?: boolean;
}

const PATIENCE_MS = 5_000;
const PACKAGE = 'muster-teams.zip';
const no = (say: string): Finding => ({ done: false, wrong: true, say });

/** What is left to do before Teams works: the secret is tried each time it is asked, and what only Teams can prove is looked up. */
export class TeamsSetup implements Setup {
  constructor(private readonly ctx: AdapterContext) {}

  async steps(): Promise<SetupStep[]> {
    const given = await givenConfig(this.ctx);
    const secret = await this.ctx.secrets.get('client_secret').catch(() => '');
    const isAddressed = this.ctx.hookUrl.startsWith('https://');
    return [
      {
        id: 'bot',
        title: 'Make the bot',
        done: isGuid(given.appId ?? '') && secret !== '',
        say: `In https://portal.azure.com choose "Create a resource", "Azure Bot", with the type of app "Single Tenant" and a new Microsoft App ID, in the tenant of your Teams. Under "Configuration" paste the address below as its messaging endpoint, and under "Channels" add Microsoft Teams.${isAddressed ? '' : ' Teams calls by https only, and this Muster says that it is at an address without: set PUBLIC_URL to the https address where the internet reaches it, and start it again.'}`,
        ...(isAddressed ? {} : { wrong: true }),
        give: { label: 'Messaging endpoint', text: this.ctx.hookUrl },
      },
      {
        id: 'app-id',
        title: 'Its application id',
        ask: { secret: ENTERED.appId, label: 'Microsoft App ID, from "Configuration" of the Azure Bot' },
        ...idIn(given.appId, 'Copy it from "Configuration" of the Azure Bot, "Microsoft App ID".'),
      },
      {
        id: 'tenant-id',
        title: 'Its tenant',
        ask: { secret: ENTERED.tenantId, label: 'App Tenant ID, from "Configuration" of the Azure Bot' },
        ...idIn(given.tenantId, 'Copy it from "Configuration" of the Azure Bot, "App Tenant ID".'),
      },
      {
        id: 'client-secret',
        title: 'Its client secret',
        ask: { secret: 'client_secret', label: 'The value of a client secret, from "Manage Password" beside the Microsoft App ID' },
        ...(await this.login(given, secret)),
      },
      {
        id: 'channel',
        title: 'Where incidents are told',
        ask: { secret: ENTERED.channel, label: 'Link to a channel of Teams, from "Get link to channel" in its menu' },
        ...channelIn(given),
      },
      {
        id: 'kind',
        title: 'What an incident gets there',
        ask: { secret: ENTERED.kind, label: `One of: ${KINDS.join(', ')}`, optional: true },
        ...kindIn(given),
      },
      {
        id: 'private',
        title: 'What a private incident gets there',
        ask: { secret: ENTERED.private, label: `One of: ${PRIVATE_KINDS.join(', ')}`, optional: true },
        ...privateIn(given),
      },
      {
        id: 'files',
        title: 'Whether files go both ways',
        ask: { secret: ENTERED.files, label: 'One of: yes, no', optional: true },
        ...filesIn(given),
      },
      {
        id: 'package',
        title: 'Add the app to the team',
        ...(await this.added(given)),
        ...(isGuid(given.appId ?? '') && isAddressed ? { give: { label: 'The app, to upload (zip)', download: PACKAGE } } : {}),
      },
      { id: 'all-messages', title: 'What people say arrives', ...(await this.overheard(given)) },
      ...(await new GraphSteps(given, secret, this.ctx).all()),
    ];
  }

  async artefact(name: string): Promise<{ mime: string; bytes: Uint8Array }> {
    const given = await givenConfig(this.ctx);
    const { appId = '' } = given;
    if (name !== PACKAGE) throw new Error(`There is no "${name}" to download. There is "${PACKAGE}".`);
    if (!isGuid(appId)) throw new Error('The app is made of the bot’s application id. Enter that first, and come again.');
    return { mime: 'application/zip', bytes: appPackage(appId, this.ctx.hookUrl, choiceOf(given)) };
  }

  private async login(given: Given, secret: string): Promise<Finding> {
    const { appId, tenantId } = given;
    if (secret === '')
      return {
        done: false,
        say: 'Choose "Manage Password" beside the Microsoft App ID, then "New client secret", and copy its value at once: it is not shown again.',
      };
    if (isGuid(secret))
      return no('This is the id of a secret. What is needed is its value, which is shown once, when it is made: make a new one.');
    if (!isGuid(appId ?? '') || !isGuid(tenantId ?? ''))
      return { done: false, say: 'It is tried when the application id and the tenant are there.' };
    const token = new BotToken({ ...given, appId: appId ?? '', tenantId: tenantId ?? '' }, secret, this.ctx);
    const answer = await token.get(AbortSignal.timeout(PATIENCE_MS));
    return answer.outcome === 'done' ? { done: true, say: 'Microsoft gives the bot its token for it.' } : no(wordsOf(answer));
  }

  private async added(given: Given): Promise<Finding> {
    const { appId = '' } = given;
    const { heard } = await new TeamsProofs(this.ctx, appId).seen();
    const how = `In Teams choose "Apps", "Manage your apps", "Upload an app", take the file below, and add it to the team that has the channel. Where uploading is not allowed, an administrator of Teams does it. Whoever adds it is asked to let it ${permissionsFor(
      choiceOf(given),
    )
      .map(({ to, name }) => `${to} (${name})`)
      .join(', and ')}.`;
    return heard === null
      ? { done: false, say: `${how} Nothing has come from Teams yet: call it in the channel, as in "@Muster help".` }
      : { done: true, say: `Something came from Teams at ${clock(heard)}. ${how}` };
  }

  private async overheard({ appId = '' }: Given): Promise<Finding> {
    const { heard, overheard } = await new TeamsProofs(this.ctx, appId).seen();
    if (overheard !== null) return { done: true, say: `A message that did not call Muster by its name came at ${clock(overheard)}.` };
    if (heard === null)
      return { done: false, say: 'It is seen when the app was added: write something in the channel without calling Muster.' };
    return {
      done: false,
      say: `So far only what calls Muster by its name has come. Write something in the channel without it. If that does not come either, the team has not let the app read along: until it does, people have to write "@Muster" in front of what the room is to hear. Remove the app from the team and add it again from the file above; an owner of the team, or an administrator where owners may not, has to agree.`,
    };
  }
}

const idIn = (id: string | undefined, how: string): Finding => {
  if (id === undefined) return { done: false, say: how };
  return isGuid(id) ? { done: true, say: `It is ${id}.` } : no(`This is no id of a registration: those look like ${GUID_LOOKS}. ${how}`);
};

function channelIn({ channel: given, kind, private: ofPrivate }: Given): Finding {
  if (given === undefined)
    return {
      done: false,
      say: 'Choose a channel that everybody may read who is to follow incidents, of the standard kind: each incident gets a thread in it, or a channel beside it in its team, or a group chat. Choose "Get link to channel" in its menu.',
    };
  if (channelOf(given) === undefined)
    return no(
      'This is no link to a channel. It begins with https://teams.microsoft.com/l/channel/ and comes from "Get link to channel" in the channel’s menu.',
    );
  if ((kind === 'channel' || kind === 'chat' || ofPrivate === 'chat') && teamIn(given) === undefined)
    return no(
      'Channels for incidents are made in the team of this one, and people for group chats are looked up in it; what was entered does not name it: enter the whole link, with "groupId=".',
    );
  return { done: true, say: 'This is where incidents are told; private incidents are not.' };
}

function kindIn({ kind, channel }: Given): Finding {
  const choice =
    'A "thread" in that channel needs nothing but the app. A "channel" of the same team needs more of Microsoft Graph, which the team is asked for when the app is added. A "chat" of those who take part needs an administrator; where Teams knows nobody who takes part, it is a thread. Who leaves this empty gets threads.';
  if (kind !== undefined && !isKind(kind)) return no(`There is no "${kind.slice(0, 20)}". ${choice}`);
  return { done: channel !== undefined, say: `Each incident gets a ${kindOf({ kind })}. ${choice}` };
}

function privateIn({ kind, private: ofPrivate, channel }: Given): Finding {
  const choice =
    'Threads and channels are read by everybody in the team, so a private incident gets "none", or a group "chat" in which those are who were let in. That needs an administrator, as the step about chats says; who leaves this empty gets none.';
  if (ofPrivate !== undefined && !isPrivateKind(ofPrivate)) return no(`There is no "${ofPrivate.slice(0, 20)}". ${choice}`);
  if (kindOf({ kind }) === 'chat') return { done: channel !== undefined, say: 'Where all incidents get a group chat, so do private ones.' };
  return { done: channel !== undefined, say: `A private incident gets ${ofPrivate === 'chat' ? 'a group chat' : 'none'}. ${choice}` };
}

function filesIn({ files, channel = '' }: Given): Finding {
  const choice =
    'Pictures that people paste come anyhow, and of what they attach the name and the way to it. With "yes" Muster also fetches what they attach, and puts the files of the room into the folder of the channel. That takes a permission for the files of the whole organisation, so who leaves this empty gets no.';
  if (files !== undefined && !isYesOrNo(files)) return no(`"${files.slice(0, 20)}" is neither yes nor no. ${choice}`);
  if (files === 'yes' && channelOf(channel) !== undefined && teamIn(channel) === undefined)
    return no(
      'The folder is found by the team of the channel, which what was entered does not name: enter the whole link, with "groupId=".',
    );
  return { done: channel !== '', say: `${files === 'yes' ? 'Files go both ways.' : 'Files stay where they are.'} ${choice}` };
}

function wordsOf({ fault: { code, native, detail } }: Exclude<Attempt<unknown>, { outcome: 'done' }>): string {
  if (code === 'unavailable' || code === 'timeout')
    return 'Microsoft’s login could not be reached, so the secret was not tried. Muster goes on without it; look again in a while.';
  if (native === 'invalid_client')
    return 'Microsoft does not accept this secret for the bot: it is another one’s, or it has ended. Make a new one, and copy its value.';
  if (native === 'unauthorized_client' || native === 'invalid_request')
    return `Microsoft does not know this bot in this tenant (${native}). Compare the application id and the tenant with "Configuration" of the Azure Bot.`;
  return detail ?? `Microsoft did not accept it (${native ?? code}). Copy it again.`;
}

/** A server knows no reader's zone, so it names its own. */
const clock = (at: number): string => `${new Date(at).toISOString().slice(11, 16)} UTC on ${new Date(at).toISOString().slice(0, 10)}`;
