import { logIn } from './log-in.ts';

describe('The log in a message', () => {
  it('is what stands between the marks, as it was, of all that there are', () => {
    expect(logIn('From the pool:\n```\npool_wait 4.2s\n  at shard 7\n```\nand\n~~~text\nretry 3\n~~~')).toBe(
      'pool_wait 4.2s\n  at shard 7\nretry 3',
    );
    expect(logIn('```sh\nkubectl get pods\n```')).toBe('kubectl get pods');
  });

  it('ends with the message where nobody closed it', () => {
    expect(logIn('```\npool_wait 4.2s\nretry 3')).toBe('pool_wait 4.2s\nretry 3');
  });

  it('is none where nothing but words is written', () => {
    expect(logIn('Pool wait is at `4.2 s`')).toBeNull();
  });
});
