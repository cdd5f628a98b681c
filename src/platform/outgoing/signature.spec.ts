import { Webhook } from 'standardwebhooks';
import { newSecret, signed } from './signature.ts';

const at = new Date();
const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at, body: '{"test": 2432232314}' };

describe('Signing', () => {
  it("makes what is in the standard's own example", () => {
    const then = { ...message, at: new Date(1_614_265_330_000) };

    expect(signed(then, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is verified by the library of the standard', () => {
    const secret = newSecret();

    expect(new Webhook(secret).verify(message.body, signed(message, [secret]))).toEqual({ test: 2432232314 });
    expect(() => new Webhook(newSecret()).verify(message.body, signed(message, [secret]))).toThrow();
  });

  it('satisfies whoever knows either secret while both are good', () => {
    const [fresh, old] = [newSecret(), newSecret()];
    const headers = signed(message, [fresh, old]);

    for (const secret of [fresh, old]) expect(new Webhook(secret).verify(message.body, headers)).toEqual({ test: 2432232314 });
  });
});
