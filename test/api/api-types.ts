// Generated from /api/openapi.json by `npm run docs`; edit the controllers.

export interface paths {
  '/api/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** This document */
    get: operations['openApi.read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/adapters/{chat}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Connects a chat, or changes one that was connected so. What is entered is tried first, and kept encrypted */
    put: operations['adapters.connect'];
    post?: never;
    /** Disconnects a chat that was connected so. Its rooms and what was said in them stay */
    delete: operations['adapters.disconnect'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/adapters/{chat}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says something in a private room of the chat with somebody in it, and waits to hear it: all that an incident needs */
    post: operations['adapters.test'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/announcements': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** In which rooms incidents are announced, and which of them */
    get: operations['announcements.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/announcements/{chat}/{audience}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Announces from now on in this room of a chat, for everybody or for support. What goes on and fits is announced at once */
    put: operations['announcements.set'];
    post?: never;
    /** Announces nothing there any more. The posts of what goes on say so */
    delete: operations['announcements.remove'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/archiving': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** After how many days the channels of incidents that are over are archived in the chats */
    get: operations['archiving.rule'];
    /** Archives the channels of incidents so many days after they are over and nobody did anything in them any more; `null` archives none */
    put: operations['archiving.set'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every change of what belongs to no incident, in order */
    get: operations['audit.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The same, all of it, as a table */
    get: operations['audit.csv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit.jsonl': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The same, all of it, a JSON line each */
    get: operations['audit.jsonLines'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/chats': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The chats that rooms are mirrored in, and how they are */
    get: operations['outage.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/chats/{chat}/word': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says that a chat is down, or back: Muster believes it at once, and tells everybody whose word it is */
    post: operations['outage.say'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/drills': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The last drills, the latest first, each with its report */
    get: operations['drills.list'];
    put?: never;
    /** Begins a drill: its room alone loses the chat, for so many minutes */
    post: operations['drills.start'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/drills/{drill}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A drill, by its id or the number of its incident: how far it is, and at its end how it went */
    get: operations['drills.one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/drills/{drill}/stop': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ends a drill before its time, as it would end by itself */
    post: operations['drills.stop'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The incidents that you may see: of those that are open the worst first, of the others the latest ended first */
    get: operations['incidents.list'];
    put?: never;
    /** Declares an incident. The same key with the same body again answers the same incident */
    post: operations['incidents.declare'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One incident. `id` is its uuid, `INC-247` or `247`, here and below */
    get: operations['incidents.get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}/addable': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whom and which teams you could add, whose names have a word that begins so */
    get: operations['addable.find'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}/commands': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Does something in the room. The same id again does nothing and answers the same */
    post: operations['room.act'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What happened in the room, in order */
    get: operations['room.events'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One incident, whole, to take along: a JSON line each */
    get: operations['export.export'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}/files': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The files of a room, oldest first, removed ones too */
    get: operations['artifacts.list'];
    put?: never;
    /** Adds a file: its bytes as the body, or a form with the file as its last field */
    post: operations['artifacts.add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}/files/{fileId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A link to the file that is good for five minutes, for `Accept: application/json`; otherwise a redirect to it */
    get: operations['artifacts.link'];
    put?: never;
    post?: never;
    /** Removes a file for good. The room says that it was there */
    delete: operations['artifacts.remove'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}/let-in': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Lets you, an admin, into a private incident. Its room is told */
    post: operations['incidents.letIn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}/messages/{messageId}/heard': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where a message has been heard: in which chats of the room, when, and where to look at it */
    get: operations['heard.of'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}/read': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** How far you have read, on any device, and up to where you have read of roles that others gave you. It never goes back */
    put: operations['read.move'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}/snapshot': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a room shows before its events are read */
    get: operations['room.snapshot'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What happens in the room, as it happens: server-sent events `room` (an Event), `mirrors` and `bye`. Goes on after Last-Event-ID */
    get: operations['room.follow'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/invitations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A link that lets one person in, once, for a day */
    post: operations['invitations.api'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who you are, and what you may do */
    get: operations['me.me'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/claims': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A code to write in another place where you are somebody else, to be known as one */
    post: operations['joins.begin'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/claims/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** You are whoever was given this code elsewhere */
    post: operations['joins.confirm'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How many codes of your sheet are still good */
    get: operations['printedCodes.own'];
    put?: never;
    /** Ten new codes that let you in, once each. They are shown this once, and those before are good no more */
    post: operations['printedCodes.printOwn'];
    /** Ends all your codes */
    delete: operations['printedCodes.endOwn'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/mail': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** At which mail address you are told when a chat is down */
    get: operations['notices.mail'];
    /** Sends a code to an address of yours; nothing else is sent there until it is confirmed */
    put: operations['notices.setMail'];
    post?: never;
    /** Forgets your address */
    delete: operations['notices.removeMail'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/mail/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Confirms the address by the code that was sent there, which proves as well that mail arrives */
    post: operations['notices.confirmMail'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notices/ways': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** By which ways people are told when a chat is down, whether each is known to work, and whether they are enough */
    get: operations['notices.list'];
    put?: never;
    /** Tells people by another way as well. It is tried out at once. The secret of a webhook is shown this once */
    post: operations['notices.make'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notices/ways/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One of them */
    get: operations['notices.get'];
    put?: never;
    post?: never;
    /** Removes it, and what is known of who was told by it */
    delete: operations['notices.remove'];
    options?: never;
    head?: never;
    /** Changes it, or switches it off or on. What is left out stays */
    patch: operations['notices.change'];
    trace?: never;
  };
  '/api/v1/notices/ways/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Tries it out, waking nobody, and says what became of it */
    post: operations['notices.test'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/operations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Processes, queues, what was put aside, and which work is done */
    get: operations['operations.all'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/operations/quarantine': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What could not be handled, oldest first */
    get: operations['operations.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/operations/quarantine/{id}/drop': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Gives it up, and says why */
    post: operations['operations.drop'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/operations/quarantine/{id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Tries once more, and says what came of it */
    post: operations['operations.replay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/operations/switches/{work}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Switches a class of work off or on for every process; null takes an earlier word back */
    put: operations['operations.switch'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who is in the organisation and which role they have, by name */
    get: operations['people.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Gives somebody a role, from their next request on */
    patch: operations['people.give'];
    trace?: never;
  };
  '/api/v1/people/{id}/codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How many codes of their sheet are still good */
    get: operations['printedCodes.theirs'];
    put?: never;
    /** The same for somebody else, to be handed over on paper */
    post: operations['printedCodes.print'];
    /** Ends all their codes: the paper was lost, or they have left */
    delete: operations['printedCodes.end'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people/apart': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** They are two: undoes what joined them, and nothing joins them by itself again */
    post: operations['joins.apart'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people/chats/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Whether what a chat says of who somebody is joins people by itself */
    put: operations['joins.believe'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people/joins': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who is read as whom, by which evidence, and who may be one person */
    get: operations['joins.list'];
    put?: never;
    /** Two people are one: who may more goes on, and the other is read as them */
    post: operations['joins.join'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people/shared-mailboxes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Whether several people read a mailbox, so that nobody is known by it */
    put: operations['joins.share'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/practice': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Begins a practice with a pretend chat. The one before is over */
    post: operations['practice.startAnew'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/practice/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your practice, and what to do now */
    get: operations['practice.view'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/practice/{id}/steps': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says something, breaks the pretend chat, or brings it back */
    post: operations['practice.step'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/roles': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What somebody can be in an incident, retired roles included */
    get: operations['roles.list'];
    put?: never;
    /** Adds a role of your own, behind the others */
    post: operations['roles.add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/roles/{key}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Renames a role, tells it otherwise, retires it or brings it back */
    patch: operations['roles.change'];
    trace?: never;
  };
  '/api/v1/search': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Incidents and what was said in them, that you may see. The end has no `next` */
    get: operations['search.find'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sheet': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What stands on everybody’s sheet: the addresses of the war room, and numbers to call */
    get: operations['sheet.facts'];
    /** Puts these numbers and bridges on everybody’s sheet, a line each, instead of those there are */
    put: operations['sheet.setNumbers'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/statuses': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where an incident can stand */
    get: operations['statuses.list'];
    put?: never;
    /** Adds a status of your own, behind the others of its category */
    post: operations['statuses.add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/statuses/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Removes a status of your own that no incident has */
    delete: operations['statuses.remove'];
    options?: never;
    head?: never;
    /** Renames a status of your own, archives it or brings it back, or puts any into another place of its category */
    patch: operations['statuses.change'];
    trace?: never;
  };
  '/api/v1/teams': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The teams and who is in them, archived ones last */
    get: operations['teams.list'];
    put?: never;
    /** Makes a team with nobody in it yet */
    post: operations['teams.make'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/teams/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Renames a team, archives it or brings it back */
    patch: operations['teams.change'];
    trace?: never;
  };
  '/api/v1/teams/{id}/members': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Adds somebody to a team */
    post: operations['teams.addMember'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/teams/{id}/members/{person}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Takes somebody out of a team. They stay in the incidents that it was added to */
    delete: operations['teams.removeMember'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your tokens of the API; an admin sees those of everybody */
    get: operations['apiTokens.list'];
    put?: never;
    /** Makes a token that acts as you. It is shown this once */
    post: operations['apiTokens.make'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tokens/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revokes a token at once */
    delete: operations['apiTokens.revoke'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/unread': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Messages of others that you have not read, by incident: the open ones that you have been in */
    get: operations['read.unread'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Which other systems are told what happens */
    get: operations['webhooks.list'];
    put?: never;
    /** Tells another system what happens from now on. Its secret is shown this once */
    post: operations['webhooks.make'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One of them */
    get: operations['webhooks.get'];
    put?: never;
    post?: never;
    /** Removes it, and what is known of what was sent */
    delete: operations['webhooks.remove'];
    options?: never;
    head?: never;
    /** Changes it, or switches it off or on. What is left out stays */
    patch: operations['webhooks.change'];
    trace?: never;
  };
  '/api/v1/webhooks/{id}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was sent within two weeks, the newest first, without what was in it */
    get: operations['webhooks.deliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks/{id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sends again, in order: what happened in an incident after a number of its log, or everywhere since a time */
    post: operations['webhooks.replay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks/{id}/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Makes a new secret, shown this once. The old one signs besides for a day */
    post: operations['webhooks.rotate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sends a webhook.test, once, and says what became of it */
    post: operations['webhooks.test'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Command:
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'message';
          body: {
            text: string;
            /** Format: uuid */
            replyTo?: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'edit';
          body: {
            /** Format: uuid */
            messageId: string;
            text: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'delete';
          body: {
            /** Format: uuid */
            messageId: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'react';
          body: {
            /** Format: uuid */
            messageId: string;
            emoji: string;
            on: boolean;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'pin';
          body: {
            /** Format: uuid */
            messageId: string;
            on: boolean;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'say-again';
          body: {
            /** Format: uuid */
            messageId?: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'entry';
          body: {
            text: string;
            /** Format: date-time */
            at: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'edit-entry';
          body: {
            /** Format: uuid */
            entryId: string;
            text: string;
            /** Format: date-time */
            at: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'hide';
          body: {
            /** Format: uuid */
            itemId: string;
            on: boolean;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'command';
          body: {
            text: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'apply';
          body: {
            /** Format: uuid */
            offerId: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'severity';
          body: {
            /** @enum {string} */
            to: 'SEV1' | 'SEV2' | 'SEV3';
            reason?: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'status';
          body: {
            to: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'lead';
          body: {
            to: string | null;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'role';
          body: {
            role: string;
            to: string | null;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'update';
          body: {
            text?: string;
            /** @enum {string} */
            severity?: 'SEV1' | 'SEV2' | 'SEV3';
            status?: string;
            nextUpdateIn?: number;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'snooze';
          body: {
            /** Format: uuid */
            nudgeId?: string;
            minutes?: number;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'skip';
          body: {
            /** Format: uuid */
            nudgeId?: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'join';
          body: {
            observer?: boolean;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'leave';
          body: Record<string, never>;
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'add';
          body: {
            person: string;
            observer?: boolean;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'add-team';
          body: {
            team: string;
            observer?: boolean;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'remove';
          body: {
            person: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'resolve';
          body: {
            learned: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'reopen';
          body: Record<string, never>;
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'rename';
          body: {
            title: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'summary';
          body: {
            summary: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'kind';
          body: {
            /** @enum {string} */
            to: 'standard' | 'near_miss' | 'planned' | 'drill' | 'retrospective' | 'test';
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'accept';
          body: Record<string, never>;
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'decline';
          body: {
            reason: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'merge';
          body: {
            into: string;
          };
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'announce';
          body: Record<string, never>;
        }
      | {
          /** Format: uuid */
          id: string;
          /** @constant */
          type: 'privacy';
          body: {
            private: boolean;
          };
        };
    Event:
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'incident.declared';
          data: {
            reference: string;
            title: string;
            summary?: string;
            /** @enum {string} */
            severity: 'SEV1' | 'SEV2' | 'SEV3';
            status: string;
            /** @enum {string} */
            category?: 'triage' | 'active' | 'post_incident' | 'closed' | 'declined' | 'merged' | 'canceled' | 'paused';
            /** @enum {string} */
            kind: 'standard' | 'near_miss' | 'planned' | 'drill' | 'retrospective' | 'test';
            private?: boolean;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'incident.severity-changed';
          data: {
            /** @enum {string} */
            from: 'SEV1' | 'SEV2' | 'SEV3';
            /** @enum {string} */
            to: 'SEV1' | 'SEV2' | 'SEV3';
            reason?: string;
            html?: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'incident.status-changed';
          data: {
            from: string;
            to: string;
            /** @enum {string} */
            category?: 'triage' | 'active' | 'post_incident' | 'closed' | 'declined' | 'merged' | 'canceled' | 'paused';
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'incident.renamed';
          data: {
            from: string;
            to: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'incident.summary-changed';
          data: {
            from: string | null;
            to: string | null;
            html?: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'incident.kind-changed';
          data: {
            /** @enum {string} */
            from: 'standard' | 'near_miss' | 'planned' | 'drill' | 'retrospective' | 'test';
            /** @enum {string} */
            to: 'standard' | 'near_miss' | 'planned' | 'drill' | 'retrospective' | 'test';
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'incident.accepted';
          data: {
            from: string;
            to: string;
            /** @enum {string} */
            category?: 'triage' | 'active' | 'post_incident' | 'closed' | 'declined' | 'merged' | 'canceled' | 'paused';
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'incident.declined';
          data: {
            from: string;
            to: string;
            /** @enum {string} */
            category?: 'triage' | 'active' | 'post_incident' | 'closed' | 'declined' | 'merged' | 'canceled' | 'paused';
            reason: string;
            html?: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'incident.merged';
          data: {
            from: string;
            to: string;
            /** @enum {string} */
            category?: 'triage' | 'active' | 'post_incident' | 'closed' | 'declined' | 'merged' | 'canceled' | 'paused';
            into: {
              id: string;
              reference: string;
            };
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'incident.merged-in';
          data: {
            incident: {
              id: string;
              reference: string;
            };
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'incident.role-changed';
          data: {
            role: string;
            name: string;
            from: components['schemas']['Person'] | null;
            to: components['schemas']['Person'] | null;
            card?: {
              title: string;
              summary?: string;
              since: string;
              /** @enum {string} */
              severity: 'SEV1' | 'SEV2' | 'SEV3';
              status: string;
              roles: {
                name: string;
                person: components['schemas']['Person'];
              }[];
              update?: {
                at: string;
                by: components['schemas']['Person'] | null;
                text: string;
              };
              nextUpdate?: string;
              asked: string[];
              entries: {
                at: string;
                by: components['schemas']['Person'] | null;
                text: string;
              }[];
              pinned: number;
            };
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'incident.lead-changed';
          data: {
            from: components['schemas']['Person'] | null;
            to: components['schemas']['Person'] | null;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'incident.resolved';
          data: {
            to?: string;
            learned: string;
            html?: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'incident.privacy-changed';
          data: {
            private: boolean;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'participant.joined';
          data: {
            person: components['schemas']['Person'];
            observer?: boolean;
            mirrorId?: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'participant.team-added';
          data: {
            teamId: string;
            team: string;
            people: components['schemas']['Person'][];
            observer?: boolean;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'participant.left';
          data: {
            person: components['schemas']['Person'];
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'participant.let-in';
          data: {
            person: components['schemas']['Person'];
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'participant.accounts-joined';
          data: {
            person: components['schemas']['Person'];
            one: components['schemas']['Person'];
            on: boolean;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'message.posted';
          data: {
            messageId: string;
            text: string;
            html: string;
            mentions?: components['schemas']['Person'][];
            files?: {
              fileId: string;
              name: string;
              size: number;
            }[];
            replyTo?: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'message.edited';
          data: {
            messageId: string;
            text: string;
            html: string;
            mentions?: components['schemas']['Person'][];
            files?: {
              fileId: string;
              name: string;
              size: number;
            }[];
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'message.deleted';
          data: {
            messageId: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'file.added';
          data: {
            fileId: string;
            name: string;
            mediaType: string;
            size: number;
            sha256: string;
            alt?: string;
            messageId?: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'file.lost';
          data: {
            fileId: string;
            name: string;
            messageId: string;
            why: string;
            href?: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'file.removed';
          data: {
            fileId: string;
            name: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'message.reacted';
          data: {
            messageId: string;
            emoji: string;
            on: boolean;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'message.pinned';
          data: {
            messageId: string;
            on: boolean;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'timeline.entry-added';
          data: {
            entryId: string;
            text: string;
            html?: string;
            happenedAt: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'timeline.entry-edited';
          data: {
            entryId: string;
            text: string;
            html?: string;
            happenedAt: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'timeline.item-hidden';
          data: {
            itemId: string;
            on: boolean;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'update.shared';
          data: {
            text?: string;
            html?: string;
            /** @enum {string} */
            severity?: 'SEV1' | 'SEV2' | 'SEV3';
            status?: string;
            nextUpdateBy?: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'nudge.given';
          data: {
            about: string;
            dueAt: string;
            since: number;
            to?: components['schemas']['Person'];
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'nudge.snoozed';
          data: {
            about: string;
            nudgeId?: string;
            until: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'nudge.skipped';
          data: {
            about: string;
            nudgeId?: string;
            until?: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.requested';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.opened';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            name: string;
            permalink?: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.failed';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            why: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.renamed';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            name: string;
            from: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.topic-changed';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            name: string;
            topic: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.unkept';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            name: string;
            /** @enum {string} */
            what: 'name' | 'topic' | 'card' | 'bookmark' | 'archived' | 'unarchived' | 'reaction';
            why: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.archiving';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            name: string;
            days: number;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.archived';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            name: string;
            /** @constant */
            byRule?: true;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.unarchived';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            name: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.shut-out';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            name: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.let-in';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            name: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.audience-changed';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            name: string;
            /** @enum {string} */
            audience: 'public' | 'private' | 'shared';
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.card-removed';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            again: boolean;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.stuck';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            name: string;
            person: components['schemas']['Person'];
            /** @enum {string} */
            wanted: 'in' | 'out';
            why: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.suspect';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            since: string;
            why: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.parked';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            since: string;
            why: string;
            saidBy?: components['schemas']['Person'];
            /** @constant */
            cutOff?: true;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.catching-up';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            since: string;
            saidBy?: components['schemas']['Person'];
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'mirror.resumed';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'say-again.asked';
          data: {
            messageId?: string;
            surfaces: components['schemas']['Surface'][];
            count: number;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'gap.closed';
          data: {
            mirrorId: string;
            surface: components['schemas']['Surface'];
            from: string;
            to: string;
            inbound: number;
            outbound: number;
            unreadUntil?: string;
            learnt?: {
              reactions: number;
              pins: number;
              mayLack: ('reactions' | 'pins')[];
            };
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'announcement.asked';
          data: {
            /** @constant */
            byRule?: true;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'announcement.posted';
          data: {
            announcementId: string;
            surface: components['schemas']['Surface'];
            room: string;
            /** @enum {string} */
            audience: 'everyone' | 'support';
            permalink?: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'announcement.failed';
          data: {
            announcementId: string;
            surface: components['schemas']['Surface'];
            room: string;
            /** @enum {string} */
            audience: 'everyone' | 'support';
            why: string;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'announcement.removed';
          data: {
            announcementId: string;
            surface: components['schemas']['Surface'];
            room: string;
            /** @enum {string} */
            audience: 'everyone' | 'support';
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'announcement.withdrawn';
          data: {
            announcementId: string;
            surface: components['schemas']['Surface'];
            room: string;
            /** @enum {string} */
            audience: 'everyone' | 'support';
            /** @enum {string} */
            why: 'private' | 'rule';
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'command.offered';
          data: {
            text: string;
            askedAt: string;
            mentions?: components['schemas']['Person'][];
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'command.applied';
          data: {
            offerId: string;
            text: string;
            askedBy: components['schemas']['Person'] | null;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'inbox.unreadable';
          data: {
            count: number;
          };
        }
      | {
          seq: number;
          id: string;
          at: string;
          displayAt: string;
          late: boolean;
          by: components['schemas']['Person'] | null;
          via: {
            id: string;
            name: string;
            how?: string;
          };
          /** @constant */
          type: 'hidden';
          data: Record<string, never>;
        };
    File: {
      fileId: string;
      name: string;
      mediaType: string;
      size: number;
      sha256: string;
      alt?: string;
      messageId?: string;
      by: components['schemas']['Person'];
      addedAt: string;
      removed: boolean;
      href: string;
    };
    Incident: {
      /** Format: uuid */
      id: string;
      number: string;
      url: string;
      title: string;
      summary: string | null;
      /** @enum {string} */
      kind: 'standard' | 'near_miss' | 'planned' | 'drill' | 'retrospective' | 'test';
      /** @enum {string} */
      severity: 'SEV1' | 'SEV2' | 'SEV3';
      status: string;
      /** @enum {string} */
      category: 'triage' | 'active' | 'post_incident' | 'closed' | 'declined' | 'merged' | 'canceled' | 'paused';
      lead: components['schemas']['Person'] | null;
      declaredBy: components['schemas']['Person'] | null;
      declaredAt: string;
      endedAt: string | null;
      learned: string | null;
      isPrivate: boolean;
      declined: string | null;
      mergedInto: string | null;
      seq: number;
    };
    Mirror: {
      id: string;
      surface: components['schemas']['Surface'];
      /** @enum {string} */
      state: 'opening' | 'open' | 'suspect' | 'parked' | 'catching-up' | 'archived' | 'shut-out' | 'failed';
      name: string | null;
      permalink: string | null;
      since: string | null;
      saidBy?: string;
      /** @enum {string} */
      half?: 'send' | 'events';
      /** @constant */
      cutOff?: true;
      admits?: {
        title: string;
        href?: string;
      };
      waiting: string[];
      doubtful: string[];
      /** @default [] */
      refused: {
        messageId: string;
        why: string;
      }[];
    };
    Person: {
      id: string;
      name: string;
    };
    Problem: {
      type: string;
      title: string;
      status: number;
      detail: string;
    };
    Surface: {
      id: string;
      name: string;
    };
  };
  responses: {
    /** @description What happened and what to do next */
    Refusal: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  'openApi.read': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            [key: string]: unknown;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'adapters.connect': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        chat: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          plugin?: string;
          name?: string;
          /** @default {} */
          config?: {
            [key: string]: unknown;
          };
          /** @default {} */
          secrets?: {
            [key: string]: string;
          };
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            name: string;
            plugin: string;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'adapters.disconnect': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        chat: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refusal'];
    };
  };
  'adapters.test': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        chat: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          who: string;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            worked: boolean;
            said: string[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'announcements.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            rules: {
              chat: components['schemas']['Surface'];
              tenant: string;
              /** @enum {string} */
              audience: 'everyone' | 'support';
              room: string;
              roomName: string;
              /** @enum {string} */
              severity: 'SEV1' | 'SEV2' | 'SEV3';
              kinds: ('standard' | 'near_miss' | 'planned' | 'drill' | 'retrospective' | 'test')[];
              trouble: string | null;
            }[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'announcements.set': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        chat: string;
        audience: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          room: string;
          /** @enum {string} */
          severity: 'SEV1' | 'SEV2' | 'SEV3';
          kinds: ('standard' | 'near_miss' | 'planned' | 'drill' | 'retrospective' | 'test')[];
          tenant?: string;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            chat: components['schemas']['Surface'];
            tenant: string;
            /** @enum {string} */
            audience: 'everyone' | 'support';
            room: string;
            roomName: string;
            /** @enum {string} */
            severity: 'SEV1' | 'SEV2' | 'SEV3';
            kinds: ('standard' | 'near_miss' | 'planned' | 'drill' | 'retrospective' | 'test')[];
            trouble: string | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'announcements.remove': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        chat: string;
        audience: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refusal'];
    };
  };
  'archiving.rule': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            days: number | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'archiving.set': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          days: number | null;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            days: number | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'audit.list': {
    parameters: {
      query?: {
        after?: number;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            changes: {
              seq: number;
              at: string;
              by: components['schemas']['Person'] | null;
              via: components['schemas']['Surface'];
              type: string;
              what: string | null;
              before: unknown;
              after: unknown;
            }[];
            next: number;
            more: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'audit.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'audit.jsonLines': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/jsonl': string;
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'outage.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            chats: {
              id: string;
              name: string;
              pretend: boolean;
              /** @enum {string} */
              state: 'starting' | 'ok' | 'suspect' | 'down' | 'recovering' | 'unauthorized' | 'failed';
              since: string | null;
              say: string;
            }[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'outage.say': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        chat: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          word: 'down' | 'back';
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            say: string;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'drills.list': {
    parameters: {
      query?: {
        after?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            drills: {
              id: string;
              number: string;
              chat: string;
              /** @enum {string} */
              fault: 'silent' | 'writes' | 'everything' | 'flood';
              minutes: number;
              tells: boolean;
              by: string;
              /** @enum {string} */
              phase: 'opening' | 'broken' | 'returning' | 'closing' | 'over';
              say: string;
              begunAt: string;
              brokenAt: string | null;
              healedAt: string | null;
              overAt: string | null;
              cutShort: ('stopped' | 'real-trouble' | 'not-opened' | 'restored') | null;
              report: {
                kept: number;
                of: number;
                lines: {
                  what: string;
                  goal: string;
                  came: string;
                  /** @enum {string} */
                  is: 'kept' | 'missed' | 'unmeasured';
                  improve: string | null;
                }[];
              } | null;
            }[];
            next: string | null;
            more: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'drills.start': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          fault: 'silent' | 'writes' | 'everything' | 'flood';
          /** @default 5 */
          minutes?: number;
          /** @default  */
          chat?: string;
          /** @default  */
          team?: string;
          /** @default false */
          tells?: boolean;
        };
      };
    };
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            number: string;
            chat: string;
            /** @enum {string} */
            fault: 'silent' | 'writes' | 'everything' | 'flood';
            minutes: number;
            tells: boolean;
            by: string;
            /** @enum {string} */
            phase: 'opening' | 'broken' | 'returning' | 'closing' | 'over';
            say: string;
            begunAt: string;
            brokenAt: string | null;
            healedAt: string | null;
            overAt: string | null;
            cutShort: ('stopped' | 'real-trouble' | 'not-opened' | 'restored') | null;
            report: {
              kept: number;
              of: number;
              lines: {
                what: string;
                goal: string;
                came: string;
                /** @enum {string} */
                is: 'kept' | 'missed' | 'unmeasured';
                improve: string | null;
              }[];
            } | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'drills.one': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        drill: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            number: string;
            chat: string;
            /** @enum {string} */
            fault: 'silent' | 'writes' | 'everything' | 'flood';
            minutes: number;
            tells: boolean;
            by: string;
            /** @enum {string} */
            phase: 'opening' | 'broken' | 'returning' | 'closing' | 'over';
            say: string;
            begunAt: string;
            brokenAt: string | null;
            healedAt: string | null;
            overAt: string | null;
            cutShort: ('stopped' | 'real-trouble' | 'not-opened' | 'restored') | null;
            report: {
              kept: number;
              of: number;
              lines: {
                what: string;
                goal: string;
                came: string;
                /** @enum {string} */
                is: 'kept' | 'missed' | 'unmeasured';
                improve: string | null;
              }[];
            } | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'drills.stop': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        drill: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            number: string;
            chat: string;
            /** @enum {string} */
            fault: 'silent' | 'writes' | 'everything' | 'flood';
            minutes: number;
            tells: boolean;
            by: string;
            /** @enum {string} */
            phase: 'opening' | 'broken' | 'returning' | 'closing' | 'over';
            say: string;
            begunAt: string;
            brokenAt: string | null;
            healedAt: string | null;
            overAt: string | null;
            cutShort: ('stopped' | 'real-trouble' | 'not-opened' | 'restored') | null;
            report: {
              kept: number;
              of: number;
              lines: {
                what: string;
                goal: string;
                came: string;
                /** @enum {string} */
                is: 'kept' | 'missed' | 'unmeasured';
                improve: string | null;
              }[];
            } | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'incidents.list': {
    parameters: {
      query?: {
        open?: 'true' | 'false';
        after?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            incidents: components['schemas']['Incident'][];
            next: string | null;
            more: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'incidents.declare': {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          title: string;
          /**
           * @default SEV3
           * @enum {string}
           */
          severity?: 'SEV1' | 'SEV2' | 'SEV3';
          summary?: string;
          private?: boolean;
          /** @enum {string} */
          kind?: 'standard' | 'near_miss' | 'planned' | 'drill' | 'retrospective' | 'test';
          triage?: boolean;
        };
      };
    };
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Incident'];
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'incidents.get': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Incident'];
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'addable.find': {
    parameters: {
      query: {
        named: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            people: components['schemas']['Person'][];
            teams: {
              id: string;
              name: string;
              members: number;
            }[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'room.act': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Command'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            seq: number | null;
            say?: string;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'room.events': {
    parameters: {
      query?: {
        after?: number;
        limit?: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            events: components['schemas']['Event'][];
            next: number;
            more: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'export.export': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/jsonl': string;
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'artifacts.list': {
    parameters: {
      query?: {
        after?: string;
        limit?: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            files: components['schemas']['File'][];
            next: string | null;
            more: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'artifacts.add': {
    parameters: {
      query: {
        name: string;
        id?: string;
        alt?: string;
        message?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/octet-stream': string;
      };
    };
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            seq: number;
            file: components['schemas']['File'];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'artifacts.link': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        fileId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            file: components['schemas']['File'];
            link: string;
            expiresAt: string;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'artifacts.remove': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        fileId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            seq: number;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'incidents.letIn': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Incident'];
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'heard.of': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        messageId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            at: string;
            chats: {
              surface: components['schemas']['Surface'];
              /** @enum {string} */
              state: 'there' | 'waiting' | 'doubtful' | 'refused' | 'absent';
              inDigest: boolean;
              at: string | null;
              permalink: string | null;
              why: string | null;
              losses: string[];
            }[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'read.move': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          seq: number;
          roles?: number;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            seq: number;
            at: string;
            roles?: number;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'room.snapshot': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            protocol: number;
            incident: components['schemas']['Incident'];
            people: {
              id: string;
              name: string;
              observer: boolean;
            }[];
            roles: {
              key: string;
              name: string;
              instructions: string;
              retired: boolean;
              holder: components['schemas']['Person'] | null;
            }[];
            mirrors: components['schemas']['Mirror'][];
            givenUp?: string[];
            waiting?: {
              /** @enum {string} */
              kind: 'standard' | 'near_miss' | 'planned' | 'drill' | 'retrospective' | 'test';
              /** @enum {string} */
              severity: 'SEV1' | 'SEV2' | 'SEV3';
              isActive: boolean;
              filled: string[];
              last: {
                id: string;
                at: string;
                by: components['schemas']['Person'] | null;
                text?: string;
                /** @enum {string} */
                severity?: 'SEV1' | 'SEV2' | 'SEV3';
                status?: string;
              } | null;
              waits: {
                about: string;
                seq: number;
                since: string;
                promised: string | null;
                askedFor: string | null;
                nudge: string | null;
                until: string | null;
                answered: string | null;
              }[];
            };
            read?: {
              seq: number;
              at: string;
              roles?: number;
            } | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'room.follow': {
    parameters: {
      query?: {
        after?: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'invitations.api': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            url: string;
            expiresAt: string;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'me.me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            person: components['schemas']['Person'];
            /** @enum {string} */
            role: 'guest' | 'member' | 'responder' | 'admin';
            may: string[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'joins.begin': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            code: string;
            expiresAt: string;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'joins.confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          code: string;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'printedCodes.own': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            person: components['schemas']['Person'];
            left: number;
            printedAt: string | null;
            printedBy: string | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'printedCodes.printOwn': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            person: components['schemas']['Person'];
            left: number;
            printedAt: string | null;
            printedBy: string | null;
            codes: string[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'printedCodes.endOwn': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refusal'];
    };
  };
  'notices.mail': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            address: string | null;
            confirmedAt: string | null;
            codeUntil: string | null;
            told: string | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'notices.setMail': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          address: string & (unknown & unknown);
          /** Format: uuid */
          way?: string;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            address: string | null;
            confirmedAt: string | null;
            codeUntil: string | null;
            told: string | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'notices.removeMail': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            address: string | null;
            confirmedAt: string | null;
            codeUntil: string | null;
            told: string | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'notices.confirmMail': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          code: string;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            address: string | null;
            confirmedAt: string | null;
            codeUntil: string | null;
            told: string | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'notices.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            ways: {
              id: string;
              /** @enum {string} */
              kind: 'smtp' | 'webhook' | 'pagerduty' | 'chat';
              name: string;
              settings: {
                [key: string]: string | number;
              };
              needs: string;
              /** @enum {string} */
              state: 'proven' | 'stale' | 'unproven' | 'failing' | 'off';
              off: {
                /** @enum {string} */
                why: 'person' | 'restored';
                since: string;
              } | null;
              answeredAt: string | null;
              provenAt: string | null;
              problem: string | null;
              madeAt: string;
              told: number;
              waiting: number;
              failed: number;
            }[];
            enough: boolean;
            say: string;
            chats: {
              id: string;
              name: string;
            }[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'notices.make': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json':
          | {
              /** @constant */
              kind: 'smtp';
              name: string;
              settings: {
                host: string & (unknown & unknown);
                port: number;
                /** @enum {string} */
                security: 'starttls' | 'tls' | 'none';
                /** @default  */
                user?: string;
                from: string & (unknown & unknown);
              };
              secret?: string;
            }
          | {
              /** @constant */
              kind: 'webhook';
              name: string;
              settings: {
                url: string;
              };
            }
          | {
              /** @constant */
              kind: 'pagerduty';
              name: string;
              settings: {
                /** @default https://events.pagerduty.com */
                url?: string;
              };
              secret: string;
            }
          | {
              /** @constant */
              kind: 'chat';
              name: string;
              settings: {
                chat: string;
              };
            };
      };
    };
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            /** @enum {string} */
            kind: 'smtp' | 'webhook' | 'pagerduty' | 'chat';
            name: string;
            settings: {
              [key: string]: string | number;
            };
            needs: string;
            /** @enum {string} */
            state: 'proven' | 'stale' | 'unproven' | 'failing' | 'off';
            off: {
              /** @enum {string} */
              why: 'person' | 'restored';
              since: string;
            } | null;
            answeredAt: string | null;
            provenAt: string | null;
            problem: string | null;
            madeAt: string;
            told: number;
            waiting: number;
            failed: number;
            secret: string | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'notices.get': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            /** @enum {string} */
            kind: 'smtp' | 'webhook' | 'pagerduty' | 'chat';
            name: string;
            settings: {
              [key: string]: string | number;
            };
            needs: string;
            /** @enum {string} */
            state: 'proven' | 'stale' | 'unproven' | 'failing' | 'off';
            off: {
              /** @enum {string} */
              why: 'person' | 'restored';
              since: string;
            } | null;
            answeredAt: string | null;
            provenAt: string | null;
            problem: string | null;
            madeAt: string;
            told: number;
            waiting: number;
            failed: number;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'notices.remove': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refusal'];
    };
  };
  'notices.change': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name?: string;
          on?: boolean;
          settings?: {
            [key: string]: string | number;
          };
          secret?: string;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            /** @enum {string} */
            kind: 'smtp' | 'webhook' | 'pagerduty' | 'chat';
            name: string;
            settings: {
              [key: string]: string | number;
            };
            needs: string;
            /** @enum {string} */
            state: 'proven' | 'stale' | 'unproven' | 'failing' | 'off';
            off: {
              /** @enum {string} */
              why: 'person' | 'restored';
              since: string;
            } | null;
            answeredAt: string | null;
            provenAt: string | null;
            problem: string | null;
            madeAt: string;
            told: number;
            waiting: number;
            failed: number;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'notices.test': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            /** @enum {string} */
            kind: 'smtp' | 'webhook' | 'pagerduty' | 'chat';
            name: string;
            settings: {
              [key: string]: string | number;
            };
            needs: string;
            /** @enum {string} */
            state: 'proven' | 'stale' | 'unproven' | 'failing' | 'off';
            off: {
              /** @enum {string} */
              why: 'person' | 'restored';
              since: string;
            } | null;
            answeredAt: string | null;
            provenAt: string | null;
            problem: string | null;
            madeAt: string;
            told: number;
            waiting: number;
            failed: number;
            received: boolean;
            say: string;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'operations.all': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            processes: {
              id: string;
              roles: string[];
              host: string;
              pid: number;
              startedAt: string;
              seenAt: string;
              alive: boolean;
              load: {
                loopDelayMs: number;
                poolWaiting: number;
                readonly off: (
                  'practice' | 'search' | 'canaries' | 'profiles' | 'cards' | 'webhooks' | 'nudges' | 'mirrors' | 'inbox' | 'streams'
                )[];
              };
            }[];
            queues: {
              name: string;
              length: number;
              oldest: string | null;
            }[];
            quarantine: {
              id: string;
              /** @enum {string} */
              kind: 'inbox' | 'follower' | 'delivery' | 'webhook';
              what: string;
              incident: string | null;
              problem: string;
              tries: number;
              since: string;
              /** @enum {string} */
              state: 'aside' | 'replaying' | 'handled' | 'dropped';
              outcome: string | null;
              missing: string;
            }[];
            readonly work: {
              /** @enum {string} */
              class: 'practice' | 'search' | 'canaries' | 'profiles' | 'cards' | 'webhooks' | 'nudges' | 'mirrors' | 'inbox' | 'streams';
              name: string;
              on: boolean;
              means: string;
              /** @enum {string} */
              decidedBy: 'nobody' | 'file' | 'person' | 'load';
              switch: {
                off: boolean;
                why: string;
                by: components['schemas']['Person'] | null;
                via: components['schemas']['Surface'];
                since: string;
                until: string | null;
              } | null;
            }[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'operations.list': {
    parameters: {
      query?: {
        after?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            quarantine: {
              id: string;
              /** @enum {string} */
              kind: 'inbox' | 'follower' | 'delivery' | 'webhook';
              what: string;
              incident: string | null;
              problem: string;
              tries: number;
              since: string;
              /** @enum {string} */
              state: 'aside' | 'replaying' | 'handled' | 'dropped';
              outcome: string | null;
              missing: string;
            }[];
            next: string | null;
            more: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'operations.drop': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          why: string;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            /** @enum {string} */
            kind: 'inbox' | 'follower' | 'delivery' | 'webhook';
            what: string;
            incident: string | null;
            problem: string;
            tries: number;
            since: string;
            /** @enum {string} */
            state: 'aside' | 'replaying' | 'handled' | 'dropped';
            outcome: string | null;
            missing: string;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'operations.replay': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            /** @enum {string} */
            kind: 'inbox' | 'follower' | 'delivery' | 'webhook';
            what: string;
            incident: string | null;
            problem: string;
            tries: number;
            since: string;
            /** @enum {string} */
            state: 'aside' | 'replaying' | 'handled' | 'dropped';
            outcome: string | null;
            missing: string;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'operations.switch': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        work: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          off: boolean | null;
          why: string;
          until?: string | null;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @enum {string} */
            class: 'practice' | 'search' | 'canaries' | 'profiles' | 'cards' | 'webhooks' | 'nudges' | 'mirrors' | 'inbox' | 'streams';
            name: string;
            on: boolean;
            means: string;
            /** @enum {string} */
            decidedBy: 'nobody' | 'file' | 'person' | 'load';
            switch: {
              off: boolean;
              why: string;
              by: components['schemas']['Person'] | null;
              via: components['schemas']['Surface'];
              since: string;
              until: string | null;
            } | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'people.list': {
    parameters: {
      query?: {
        after?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            people: {
              id: string;
              name: string;
              /** @enum {string} */
              role: 'member' | 'responder' | 'admin';
            }[];
            next: string | null;
            more: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'people.give': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          role: 'member' | 'responder' | 'admin';
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            name: string;
            /** @enum {string} */
            role: 'member' | 'responder' | 'admin';
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'printedCodes.theirs': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            person: components['schemas']['Person'];
            left: number;
            printedAt: string | null;
            printedBy: string | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'printedCodes.print': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            person: components['schemas']['Person'];
            left: number;
            printedAt: string | null;
            printedBy: string | null;
            codes: string[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'printedCodes.end': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refusal'];
    };
  };
  'joins.apart': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          one: string;
          /** Format: uuid */
          other: string;
        };
      };
    };
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            joins: {
              person: {
                id: string;
                name: string;
                role: string;
                metAt: string;
                signsIn: boolean;
                incidents: number;
                accounts: {
                  chat: string;
                  user: string;
                  mail: string | null;
                  isMailVerified: boolean;
                }[];
              };
              to: {
                id: string;
                name: string;
                role: string;
                metAt: string;
                signsIn: boolean;
                incidents: number;
                accounts: {
                  chat: string;
                  user: string;
                  mail: string | null;
                  isMailVerified: boolean;
                }[];
              };
              /** @enum {string} */
              evidence: 'idp' | 'mail' | 'admin' | 'claim';
              at: string;
            }[];
            suggestions: {
              one: {
                id: string;
                name: string;
                role: string;
                metAt: string;
                signsIn: boolean;
                incidents: number;
                accounts: {
                  chat: string;
                  user: string;
                  mail: string | null;
                  isMailVerified: boolean;
                }[];
              };
              other: {
                id: string;
                name: string;
                role: string;
                metAt: string;
                signsIn: boolean;
                incidents: number;
                accounts: {
                  chat: string;
                  user: string;
                  mail: string | null;
                  isMailVerified: boolean;
                }[];
              };
              /** @enum {string} */
              because: 'idp' | 'mail' | 'name';
              shared: string;
            }[];
            chats: {
              id: string;
              name: string;
              trusted: boolean;
            }[];
            sharedMailboxes: string[];
            next: string | null;
            more: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'joins.believe': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          trusted: boolean;
        };
      };
    };
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refusal'];
    };
  };
  'joins.list': {
    parameters: {
      query?: {
        after?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            joins: {
              person: {
                id: string;
                name: string;
                role: string;
                metAt: string;
                signsIn: boolean;
                incidents: number;
                accounts: {
                  chat: string;
                  user: string;
                  mail: string | null;
                  isMailVerified: boolean;
                }[];
              };
              to: {
                id: string;
                name: string;
                role: string;
                metAt: string;
                signsIn: boolean;
                incidents: number;
                accounts: {
                  chat: string;
                  user: string;
                  mail: string | null;
                  isMailVerified: boolean;
                }[];
              };
              /** @enum {string} */
              evidence: 'idp' | 'mail' | 'admin' | 'claim';
              at: string;
            }[];
            suggestions: {
              one: {
                id: string;
                name: string;
                role: string;
                metAt: string;
                signsIn: boolean;
                incidents: number;
                accounts: {
                  chat: string;
                  user: string;
                  mail: string | null;
                  isMailVerified: boolean;
                }[];
              };
              other: {
                id: string;
                name: string;
                role: string;
                metAt: string;
                signsIn: boolean;
                incidents: number;
                accounts: {
                  chat: string;
                  user: string;
                  mail: string | null;
                  isMailVerified: boolean;
                }[];
              };
              /** @enum {string} */
              because: 'idp' | 'mail' | 'name';
              shared: string;
            }[];
            chats: {
              id: string;
              name: string;
              trusted: boolean;
            }[];
            sharedMailboxes: string[];
            next: string | null;
            more: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'joins.join': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          one: string;
          /** Format: uuid */
          other: string;
        };
      };
    };
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refusal'];
    };
  };
  'joins.share': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          address: string;
          shared: boolean;
        };
      };
    };
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refusal'];
    };
  };
  'practice.startAnew': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            incident: string | null;
            drills: {
              number: string;
              title: string;
              room: string;
            }[];
            /** @enum {string} */
            step: 'starting' | 'talk' | 'break' | 'broken' | 'returning' | 'done' | 'ended';
            say: string;
            timings: {
              what: string;
              here: string;
              real: string;
            }[];
            chat: {
              name: string;
              frame: string;
              /** @enum {string} */
              state: 'starting' | 'ok' | 'suspect' | 'down' | 'recovering';
            };
            /** @default [] */
            beside: {
              id: string;
              name: string;
              /** @enum {string} */
              state: 'ok' | 'suspect' | 'down' | 'recovering';
              broken: boolean;
              frame: string;
              rooms: {
                number: string;
                frame: string;
              }[];
            }[];
            exchanged: {
              fromChat: number;
              fromHere: number;
              lost: number;
              twice: number;
              unrecovered: number;
              sentence: string;
              /** @default [] */
              again: string[];
            } | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'practice.view': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            incident: string | null;
            drills: {
              number: string;
              title: string;
              room: string;
            }[];
            /** @enum {string} */
            step: 'starting' | 'talk' | 'break' | 'broken' | 'returning' | 'done' | 'ended';
            say: string;
            timings: {
              what: string;
              here: string;
              real: string;
            }[];
            chat: {
              name: string;
              frame: string;
              /** @enum {string} */
              state: 'starting' | 'ok' | 'suspect' | 'down' | 'recovering';
            };
            /** @default [] */
            beside: {
              id: string;
              name: string;
              /** @enum {string} */
              state: 'ok' | 'suspect' | 'down' | 'recovering';
              broken: boolean;
              frame: string;
              rooms: {
                number: string;
                frame: string;
              }[];
            }[];
            exchanged: {
              fromChat: number;
              fromHere: number;
              lost: number;
              twice: number;
              unrecovered: number;
              sentence: string;
              /** @default [] */
              again: string[];
            } | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'practice.step': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          do: 'say-something' | 'break' | 'bring-back';
          chat?: string;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            incident: string | null;
            drills: {
              number: string;
              title: string;
              room: string;
            }[];
            /** @enum {string} */
            step: 'starting' | 'talk' | 'break' | 'broken' | 'returning' | 'done' | 'ended';
            say: string;
            timings: {
              what: string;
              here: string;
              real: string;
            }[];
            chat: {
              name: string;
              frame: string;
              /** @enum {string} */
              state: 'starting' | 'ok' | 'suspect' | 'down' | 'recovering';
            };
            /** @default [] */
            beside: {
              id: string;
              name: string;
              /** @enum {string} */
              state: 'ok' | 'suspect' | 'down' | 'recovering';
              broken: boolean;
              frame: string;
              rooms: {
                number: string;
                frame: string;
              }[];
            }[];
            exchanged: {
              fromChat: number;
              fromHere: number;
              lost: number;
              twice: number;
              unrecovered: number;
              sentence: string;
              /** @default [] */
              again: string[];
            } | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'roles.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            roles: {
              key: string;
              name: string;
              instructions: string;
              shipped: boolean;
              retired: boolean;
            }[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'roles.add': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          key: string;
          name: string;
          /** @default  */
          instructions?: string;
        };
      };
    };
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            key: string;
            name: string;
            instructions: string;
            shipped: boolean;
            retired: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'roles.change': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        key: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name?: string;
          instructions?: string;
          retired?: boolean;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            key: string;
            name: string;
            instructions: string;
            shipped: boolean;
            retired: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'search.find': {
    parameters: {
      query: {
        q: string;
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            results: {
              incident: {
                /** Format: uuid */
                id: string;
                number: string;
                url: string;
                title: string;
                /** @enum {string} */
                severity: 'SEV1' | 'SEV2' | 'SEV3';
                status: string;
                /** @enum {string} */
                category: 'triage' | 'active' | 'post_incident' | 'closed' | 'declined' | 'merged' | 'canceled' | 'paused';
                isPrivate: boolean;
                declaredAt: string;
              };
              seq: number | null;
              at: string;
              by: components['schemas']['Person'] | null;
              via: components['schemas']['Surface'] | null;
              excerpts: {
                /** @enum {string} */
                in: 'title' | 'summary' | 'learned' | 'message' | 'update' | 'entry' | 'file';
                text: string;
                marks: [number, number][];
              }[];
            }[];
            next: string | null;
            isNearly: boolean;
            forgivesTypingErrors: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'sheet.facts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            addresses: string[];
            numbers: string[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'sheet.setNumbers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          numbers: string[];
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            addresses: string[];
            numbers: string[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'statuses.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            statuses: {
              name: string;
              /** @enum {string} */
              category: 'triage' | 'active' | 'post_incident' | 'closed' | 'declined' | 'merged' | 'canceled' | 'paused';
              rank: number;
              shipped: boolean;
              archived: boolean;
            }[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'statuses.add': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name: string;
          /** @enum {string} */
          category: 'triage' | 'active' | 'post_incident' | 'closed' | 'declined' | 'merged' | 'canceled' | 'paused';
        };
      };
    };
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            /** @enum {string} */
            category: 'triage' | 'active' | 'post_incident' | 'closed' | 'declined' | 'merged' | 'canceled' | 'paused';
            rank: number;
            shipped: boolean;
            archived: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'statuses.remove': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refusal'];
    };
  };
  'statuses.change': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name?: string;
          place?: number;
          archived?: boolean;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            name: string;
            /** @enum {string} */
            category: 'triage' | 'active' | 'post_incident' | 'closed' | 'declined' | 'merged' | 'canceled' | 'paused';
            rank: number;
            shipped: boolean;
            archived: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'teams.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            teams: {
              id: string;
              name: string;
              archived: boolean;
              members: components['schemas']['Person'][];
            }[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'teams.make': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name: string;
        };
      };
    };
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            name: string;
            archived: boolean;
            members: components['schemas']['Person'][];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'teams.change': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name?: string;
          archived?: boolean;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            name: string;
            archived: boolean;
            members: components['schemas']['Person'][];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'teams.addMember': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          person: string;
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            name: string;
            archived: boolean;
            members: components['schemas']['Person'][];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'teams.removeMember': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        person: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            name: string;
            archived: boolean;
            members: components['schemas']['Person'][];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'apiTokens.list': {
    parameters: {
      query?: {
        after?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            tokens: {
              id: string;
              name: string;
              person: components['schemas']['Person'];
              scopes: ('read' | 'write' | 'admin')[] | null;
              madeAt: string;
              expiresAt: string | null;
              lastUsedAt: string | null;
            }[];
            next: string | null;
            more: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'apiTokens.make': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name: string;
          scopes: ('read' | 'write' | 'admin')[];
          expiresAt?: string | null;
        };
      };
    };
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            name: string;
            person: components['schemas']['Person'];
            scopes: ('read' | 'write' | 'admin')[] | null;
            madeAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            token: string;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'apiTokens.revoke': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refusal'];
    };
  };
  'read.unread': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            unread: {
              [key: string]: number;
            };
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'webhooks.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            webhooks: {
              id: string;
              name: string;
              url: string;
              types: string[] | null;
              private: boolean;
              drills: boolean;
              off: {
                /** @enum {string} */
                why: 'person' | 'gone' | 'failed' | 'restored';
                since: string;
              } | null;
              previousSecretUntil: string | null;
              madeAt: string;
              waiting: {
                incidents: number;
                nextAt: string | null;
              };
            }[];
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'webhooks.make': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name: string;
          url: string;
          /** @default null */
          types?:
            | (
                | 'incident.declared'
                | 'incident.severity-changed'
                | 'incident.status-changed'
                | 'incident.renamed'
                | 'incident.summary-changed'
                | 'incident.kind-changed'
                | 'incident.accepted'
                | 'incident.declined'
                | 'incident.merged'
                | 'incident.merged-in'
                | 'incident.role-changed'
                | 'incident.lead-changed'
                | 'incident.resolved'
                | 'incident.privacy-changed'
                | 'participant.joined'
                | 'participant.team-added'
                | 'participant.left'
                | 'participant.let-in'
                | 'participant.accounts-joined'
                | 'message.posted'
                | 'message.edited'
                | 'message.deleted'
                | 'file.added'
                | 'file.lost'
                | 'file.removed'
                | 'message.reacted'
                | 'message.pinned'
                | 'timeline.entry-added'
                | 'timeline.entry-edited'
                | 'timeline.item-hidden'
                | 'update.shared'
                | 'nudge.given'
                | 'nudge.snoozed'
                | 'nudge.skipped'
                | 'mirror.requested'
                | 'mirror.opened'
                | 'mirror.failed'
                | 'mirror.renamed'
                | 'mirror.topic-changed'
                | 'mirror.unkept'
                | 'mirror.archiving'
                | 'mirror.archived'
                | 'mirror.unarchived'
                | 'mirror.shut-out'
                | 'mirror.let-in'
                | 'mirror.audience-changed'
                | 'mirror.card-removed'
                | 'mirror.stuck'
                | 'mirror.suspect'
                | 'mirror.parked'
                | 'mirror.catching-up'
                | 'mirror.resumed'
                | 'say-again.asked'
                | 'gap.closed'
                | 'announcement.asked'
                | 'announcement.posted'
                | 'announcement.failed'
                | 'announcement.removed'
                | 'announcement.withdrawn'
                | 'command.offered'
                | 'command.applied'
                | 'inbox.unreadable'
              )[]
            | null;
          /** @default false */
          private?: boolean;
          /** @default false */
          drills?: boolean;
        };
      };
    };
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            name: string;
            url: string;
            types: string[] | null;
            private: boolean;
            drills: boolean;
            off: {
              /** @enum {string} */
              why: 'person' | 'gone' | 'failed' | 'restored';
              since: string;
            } | null;
            previousSecretUntil: string | null;
            madeAt: string;
            waiting: {
              incidents: number;
              nextAt: string | null;
            };
            secret: string;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'webhooks.get': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            name: string;
            url: string;
            types: string[] | null;
            private: boolean;
            drills: boolean;
            off: {
              /** @enum {string} */
              why: 'person' | 'gone' | 'failed' | 'restored';
              since: string;
            } | null;
            previousSecretUntil: string | null;
            madeAt: string;
            waiting: {
              incidents: number;
              nextAt: string | null;
            };
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'webhooks.remove': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Refusal'];
    };
  };
  'webhooks.change': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name?: string;
          url?: string;
          types?:
            | (
                | 'incident.declared'
                | 'incident.severity-changed'
                | 'incident.status-changed'
                | 'incident.renamed'
                | 'incident.summary-changed'
                | 'incident.kind-changed'
                | 'incident.accepted'
                | 'incident.declined'
                | 'incident.merged'
                | 'incident.merged-in'
                | 'incident.role-changed'
                | 'incident.lead-changed'
                | 'incident.resolved'
                | 'incident.privacy-changed'
                | 'participant.joined'
                | 'participant.team-added'
                | 'participant.left'
                | 'participant.let-in'
                | 'participant.accounts-joined'
                | 'message.posted'
                | 'message.edited'
                | 'message.deleted'
                | 'file.added'
                | 'file.lost'
                | 'file.removed'
                | 'message.reacted'
                | 'message.pinned'
                | 'timeline.entry-added'
                | 'timeline.entry-edited'
                | 'timeline.item-hidden'
                | 'update.shared'
                | 'nudge.given'
                | 'nudge.snoozed'
                | 'nudge.skipped'
                | 'mirror.requested'
                | 'mirror.opened'
                | 'mirror.failed'
                | 'mirror.renamed'
                | 'mirror.topic-changed'
                | 'mirror.unkept'
                | 'mirror.archiving'
                | 'mirror.archived'
                | 'mirror.unarchived'
                | 'mirror.shut-out'
                | 'mirror.let-in'
                | 'mirror.audience-changed'
                | 'mirror.card-removed'
                | 'mirror.stuck'
                | 'mirror.suspect'
                | 'mirror.parked'
                | 'mirror.catching-up'
                | 'mirror.resumed'
                | 'say-again.asked'
                | 'gap.closed'
                | 'announcement.asked'
                | 'announcement.posted'
                | 'announcement.failed'
                | 'announcement.removed'
                | 'announcement.withdrawn'
                | 'command.offered'
                | 'command.applied'
                | 'inbox.unreadable'
              )[]
            | null;
          private?: boolean;
          drills?: boolean;
          on?: boolean;
          /**
           * @default send
           * @enum {string}
           */
          missed?: 'send' | 'skip';
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            name: string;
            url: string;
            types: string[] | null;
            private: boolean;
            drills: boolean;
            off: {
              /** @enum {string} */
              why: 'person' | 'gone' | 'failed' | 'restored';
              since: string;
            } | null;
            previousSecretUntil: string | null;
            madeAt: string;
            waiting: {
              incidents: number;
              nextAt: string | null;
            };
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'webhooks.deliveries': {
    parameters: {
      query?: {
        after?: string;
        limit?: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            deliveries: {
              id: string;
              messageId: string;
              incident: string | null;
              seq: number | null;
              type: string;
              at: string;
              attempt: number;
              /** @enum {string} */
              outcome: 'sending' | 'received' | 'failed' | 'unknown';
              status: number | null;
              problem: string | null;
              nextAt: string | null;
            }[];
            next: string | null;
            more: boolean;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'webhooks.replay': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          incident?: string;
          /** @default 0 */
          after?: number;
          /** Format: date-time */
          since?: string;
        };
      };
    };
    responses: {
      /** @description Done */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            name: string;
            url: string;
            types: string[] | null;
            private: boolean;
            drills: boolean;
            off: {
              /** @enum {string} */
              why: 'person' | 'gone' | 'failed' | 'restored';
              since: string;
            } | null;
            previousSecretUntil: string | null;
            madeAt: string;
            waiting: {
              incidents: number;
              nextAt: string | null;
            };
            heldBack: string | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'webhooks.rotate': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            name: string;
            url: string;
            types: string[] | null;
            private: boolean;
            drills: boolean;
            off: {
              /** @enum {string} */
              why: 'person' | 'gone' | 'failed' | 'restored';
              since: string;
            } | null;
            previousSecretUntil: string | null;
            madeAt: string;
            waiting: {
              incidents: number;
              nextAt: string | null;
            };
            secret: string;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
  'webhooks.test': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            messageId: string;
            incident: string | null;
            seq: number | null;
            type: string;
            at: string;
            attempt: number;
            /** @enum {string} */
            outcome: 'sending' | 'received' | 'failed' | 'unknown';
            status: number | null;
            problem: string | null;
            nextAt: string | null;
          };
        };
      };
      default: components['responses']['Refusal'];
    };
  };
}
