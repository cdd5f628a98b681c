import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as ask } from 'node:http';
import { type Server, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generate } from 'selfsigned';
import type { TeamsSimulator } from '#adapters/teams/simulator/teams-simulator';

const CONNECTOR = 'smba.trafficmanager.net';
const LOGIN = 'login.microsoftonline.com';
const KEYS = 'login.botframework.com';
const GRAPH = 'graph.microsoft.com';
const HOSTS = [CONNECTOR, LOGIN, KEYS, GRAPH];

/** Microsoft's real host names, over TLS, with a certificate authority of its own; behind them is a pretend Teams. */
export class MicrosoftFront {
  /** Host and path of everything that was asked. */
  readonly asked: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly folder: string,
    private readonly teams: TeamsSimulator,
  ) {}

  static async before(teams: TeamsSimulator): Promise<MicrosoftFront> {
    const authority = await generate([{ name: 'commonName', value: 'An authority of our own' }], {
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    });
    const certificate = await generate([{ name: 'commonName', value: CONNECTOR }], {
      ca: { key: authority.private, cert: authority.cert },
      extensions: [{ name: 'subjectAltName', altNames: HOSTS.map((value) => ({ type: 2 as const, value })) }],
    });
    const folder = mkdtempSync(join(tmpdir(), 'muster-authority-'));
    writeFileSync(join(folder, 'authority.pem'), authority.cert);
    teams.knownAs = `https://${CONNECTOR}/teams`;
    const server = createServer({ key: certificate.private, cert: certificate.cert });
    const front = new MicrosoftFront(server, folder, teams);
    server.on('request', (asked, answer) => {
      const url = new URL(`https://${asked.headers.host}${asked.url}`);
      front.asked.push(`${url.hostname}${url.pathname}`);
      const behind = ask(
        front.behind(url),
        { method: asked.method, headers: { ...asked.headers, host: new URL(teams.url).host } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const { 'content-length': _, ...headers } = response.headers;
            answer.writeHead(response.statusCode ?? 502, headers).end(front.named(Buffer.concat(chunks).toString('utf8')));
          });
        },
      );
      behind.on('error', () => answer.destroy());
      asked.pipe(behind);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return front;
  }

  /** What a Muster is started with that lives in such a world: its own settings say nothing of it. */
  get environment(): Readonly<Record<string, string>> {
    return {
      NODE_EXTRA_CA_CERTS: join(this.folder, 'authority.pem'),
      NODE_OPTIONS: `--import=${pathToFileURL(resolve('test/processes/played-hosts.mjs')).href}`,
      PLAYED_HOSTS: HOSTS.join(','),
      PLAYED_AT: String((this.server.address() as AddressInfo).port),
    };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Where the pretend Teams has what stands there in the real world. */
  private behind({ hostname, pathname, search }: URL): string {
    if (hostname === KEYS)
      return pathname === '/v1/.well-known/openidconfiguration' ? this.teams.openIdMetadataUrl : `${this.teams.url}${pathname}`;
    return `${this.teams.url}${hostname === GRAPH ? '/graph' : ''}${pathname}${search}`;
  }

  /** An answer that leads further leads to the real names. */
  private named(text: string): string {
    return text.replaceAll(`${this.teams.url}/graph`, `https://${GRAPH}`).replaceAll(this.teams.url, `https://${KEYS}`);
  }
}
