import type { FileAdded } from '#libs/war-room-protocol/files';
import { TOKEN, useApp } from '#test/support/app';
import { S3Simulator } from './s3-simulator.ts';

describe('A room whose bucket is away', () => {
  const s3 = new S3Simulator();
  const environment: Record<string, string> = {};
  beforeAll(async () => {
    await s3.start();
    Object.assign(environment, {
      MUSTER_S3_BUCKET: s3.bucket,
      MUSTER_S3_ENDPOINT: s3.endpoint,
      MUSTER_S3_REGION: s3.region,
      MUSTER_S3_ACCESS_KEY_ID: s3.accessKeyId,
      MUSTER_S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    });
  });
  afterAll(() => s3.stop());
  const app = useApp({ roles: ['web'], environment });

  const headers = { authorization: `Bearer ${TOKEN}` };
  const add = (room: string): Promise<Response> =>
    fetch(`${app.url}/api/v1/incidents/${room}/files?name=app.log&id=0192aa00-0000-7000-8000-000000000001`, {
      method: 'POST',
      headers,
      body: 'some lines',
    });

  it('refuses files with a reason, records nothing, keeps talking, and takes the same file when the bucket is back', async () => {
    const { number: room } = await app.anIncident();
    s3.fails(3, 503, 'SlowDown');

    const refused = await add(room);
    await app.says(room, 'Messages still work');
    const before = await app.events(room, 'file.added');
    const kept = await add(room);

    expect(refused.status).toBe(503);
    expect(((await refused.json()) as { detail: string }).detail).toContain(
      'the bucket muster-files answers 503 SlowDown. Nothing was recorded',
    );
    expect(before).toEqual([]);
    expect(kept.status).toBe(201);
    expect([...s3.objects.keys()]).toHaveLength(1);
  });

  it('says so when a file cannot be read, and gives it again later', async () => {
    const { number: room } = await app.anIncident();
    const { file } = (await (
      await fetch(`${app.url}/api/v1/incidents/${room}/files?name=app.log`, { method: 'POST', headers, body: 'some lines' })
    ).json()) as FileAdded;
    s3.fails(3, 500, 'InternalError');

    const away = await fetch(new URL(file.href, app.url), { headers });
    const back = await fetch(new URL(file.href, app.url), { headers });

    expect(away.status).toBe(503);
    expect(await back.text()).toBe('some lines');
  });
});
