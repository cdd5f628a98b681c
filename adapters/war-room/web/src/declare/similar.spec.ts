import { aSnapshot } from '../store/room.fixture.ts';
import { similarTo } from './similar.ts';

const anIncident = (title: string, summary: string | null = null) => ({ ...aSnapshot().incident, id: title, title, summary });
const open = [
  anIncident('Checkout fails for every fourth customer', 'Since deploy 8131 the pool of shard 7 is used up.'),
  anIncident('Nobody can sign in with single sign-on'),
  anIncident('Customers are charged twice'),
];
const alike = (title: string): readonly string[] => similarTo(title, open).map((incident) => incident.title);

describe('Seeing that it goes on already', () => {
  it('is by any telling word, in its title or its summary, whatever its ending', () => {
    expect(alike('checkout is down')).toEqual(['Checkout fails for every fourth customer']);
    expect(alike('Pool wait on shard 7')).toEqual(['Checkout fails for every fourth customer']);
    expect(alike('double charges')).toEqual(['Customers are charged twice']);
  });

  it('is not by words that are said of every incident', () => {
    expect(alike('Mails fail for all customers since nobody can')).toEqual([]);
    expect(alike('')).toEqual([]);
  });

  it('shows the most alike first', () => {
    expect(alike('sign in before checkout, single sign-on')).toEqual([
      'Nobody can sign in with single sign-on',
      'Checkout fails for every fourth customer',
    ]);
  });
});
