import { isSlashCommand } from './is-slash-command.ts';
import { argumentsOf, suggestionsFor } from './slash-commands.ts';

const all = (): boolean => true;

describe('Writing commands', () => {
  it('takes a word after a slash for a command', () => {
    expect(isSlashCommand('/severity sev1 checkout is down')).toBe(true);
    expect(isSlashCommand('/help')).toBe(true);
  });

  it('takes a path for something to say', () => {
    expect(isSlashCommand('/var/log is full')).toBe(false);
    expect(isSlashCommand('see /help')).toBe(false);
  });

  it('suggests what could be meant while the word is typed, and nothing afterwards', () => {
    expect(suggestionsFor('/s', all).map(({ word }) => word)).toEqual([
      '/severity',
      '/status',
      '/snooze',
      '/skip',
      '/summary',
      '/say-again',
    ]);
    expect(suggestionsFor('/severity sev1', all)).toEqual([]);
    expect(suggestionsFor('/help', all)).toEqual([]);
    expect(suggestionsFor('', all)).toEqual([]);
  });

  it('suggests what a word with a slip in it was meant to be', () => {
    expect(suggestionsFor('/statsu', all).map(({ word }) => word)).toEqual(['/status']);
    expect(suggestionsFor('/sevrity', all).map(({ word }) => word)).toEqual(['/severity']);
    for (const draft of ['/etc', '/checkout', '/help']) expect(suggestionsFor(draft, all)).toEqual([]);
    expect(suggestionsFor('/declne', () => false)).toEqual([]);
  });

  it('begins with what is most likely needed, after the slash alone', () => {
    const needed = [
      { words: 'lead me', label: 'Take the lead', does: '' },
      { words: 'update', label: 'Share an update', does: '' },
    ];
    const suggested = suggestionsFor('/', all, needed);
    expect(suggested.slice(0, 2)).toMatchObject([
      { word: '/lead', whole: '/lead me', says: 'Now: take the lead' },
      { word: '/update', says: 'Now: share an update' },
    ]);
    expect(suggested.filter(({ word }) => word === '/update')).toHaveLength(1);
    expect(suggestionsFor('/s', all, needed)[0]?.word).toBe('/severity');
  });

  it('suggests to nobody what they would be refused', () => {
    expect(suggestionsFor('/ad', (action) => action !== 'incident.triage').map(({ word }) => word)).toEqual(['/add']);
    expect(suggestionsFor('/ad', () => false)).toEqual([]);
  });

  it('goes on showing what belongs to a command once its name is there', () => {
    for (const draft of ['/status', '/status ', '/Status fixing']) expect(argumentsOf(draft)?.then).toMatch(/^investigating/);
    for (const draft of ['/stat', '/help', 'see /status', '/statuss']) expect(argumentsOf(draft)).toBeUndefined();
  });
});
