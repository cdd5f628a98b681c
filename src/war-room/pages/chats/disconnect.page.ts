import { html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { Connected } from './chat-connections.ts';

/** Asked once before a chat is disconnected: what is lost by it, and what stays. */
export const disconnectPage = ({ id, name, isAnnouncedIn, rooms, waiting }: Connected): Page => ({
  title: `Disconnect ${name}?`,
  home: '/lite',
  body: html`<h1>Disconnect ${name}?</h1>
<h2>What is lost</h2>
<ul><li>Its tokens: whoever connects it again has to enter them again.</li>
<li>${rooms === 0 ? `No incident that goes on has a room in ${name}: from now on none gets one.` : `${count(rooms, 'incident')} that go${rooms === 1 ? 'es' : ''} on ${rooms === 1 ? 'has a room' : 'have rooms'} in ${name}: from now on nothing written there is heard here, and nothing written here is said there.`}</li>
${waiting > 0 && html`<li>${count(waiting, 'thing')} still to be said there ${waiting === 1 ? 'waits' : 'wait'}, and ${waiting === 1 ? 'is' : 'are'} not said.</li>`}
${isAnnouncedIn && html`<li>Where incidents are announced in ${name}: nothing is announced there any more.</li>`}</ul>
<h2>What stays</h2>
<ul><li>What was said, here and in ${name}, and the channels there as they are.</li>
<li>Connected again at the same address, ${name} has its rooms again. What people wrote in them meanwhile is not read.</li>
<li>The app itself: you remove it in ${name}.</li></ul>
<form method="post" action="/adapters/${id}/setup"><input type="hidden" name="sure" value="yes">
<p><button name="do" value="disconnect">Disconnect ${name}</button></p></form>
<p><a href="/adapters/${id}/setup">Leave it connected</a></p>`,
});

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
