/** The page's skeleton. Everything relative, so that it works under any prefix; nothing inline, so that a strict policy can hold. */
export const document = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Pretend Slack</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="./app.css">
<script src="./app.js" defer></script>
</head>
<body>
<header class="pretend"><p><strong>Pretend Slack:</strong> nothing here leaves this machine</p><p id="connection" role="status"></p></header>
<p id="broken" class="broken" role="status"></p>
<div class="window">
<nav class="side" aria-label="Workspace">
<p class="team" id="team"></p>
<p class="me"><label for="me">You are</label> <select id="me"></select></p>
<h2 id="channels-heading">Channels</h2>
<ul id="channels" aria-labelledby="channels-heading"></ul>
</nav>
<main>
<div class="top"><h1 id="room">Pretend Slack</h1><p id="topic"></p><p id="bookmarks"></p></div>
<div id="log" class="log" role="log" tabindex="0" aria-label="Messages"></div>
<p id="notice" class="notice" role="alert"></p>
<form id="composer" class="composer" hidden>
<p id="replying" class="replying" hidden><span id="replying-to"></span> <button type="button" id="stop-replying" class="quiet">Write to the channel instead</button></p>
<label for="text" id="text-label">Message</label>
<div class="line"><textarea id="text" rows="2" autocomplete="off"></textarea><button type="submit">Send</button></div>
<p class="hint">Enter sends, Shift+Enter starts a new line, <code>/incident</code> runs the app’s command</p>
</form>
<p id="outside" class="outside" hidden><span id="outside-why"></span> <button type="button" id="join" hidden>Join channel</button></p>
</main>
</div>
<dialog id="modal" class="modal" aria-labelledby="modal-title"></dialog>
<noscript><p class="pretend">This page needs JavaScript to show the pretend Slack.</p></noscript>
</body>
</html>
`;
