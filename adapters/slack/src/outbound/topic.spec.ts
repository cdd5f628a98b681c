import { topicText } from './topic.ts';

describe('A channel’s topic', () => {
  it('calls nobody and links nothing', () => {
    expect(topicText('<!channel> & <https://evil.test|ours>')).toBe('&lt;!channel&gt; &amp; &lt;https://evil.test|ours&gt;');
  });

  it('fits once it is escaped, and ends with its address all the same', () => {
    const topic = topicText(`${'<&>'.repeat(60)} · war room: https://muster.test/i/INC-1`);

    expect(topic.length).toBeLessThanOrEqual(250);
    expect(topic).toMatch(/^&lt;&amp;&gt;.*… · war room: https:\/\/muster\.test\/i\/INC-1$/);
    expect(topic.replace(/&(?:lt|gt|amp);/g, '')).not.toMatch(/[&<>]/);
  });

  it('is shortened at its end where no address stands there', () => {
    expect(topicText('x'.repeat(300))).toBe(`${'x'.repeat(249)}…`);
  });
});
