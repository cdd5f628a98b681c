/** The page's skeleton. Its landmarks have names, because it may stand beside another chat's. Everything relative, so that it works under any prefix; nothing inline, so that a strict policy can hold. */
export const document = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Pretend Teams</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="./app.css">
<script src="./app.js" defer></script>
</head>
<body>
<header class="pretend" aria-label="Pretend Teams"><p><strong>Pretend Teams:</strong> nothing here leaves this machine</p><p id="connection" role="status"></p></header>
<p id="broken" class="broken" role="status"></p>
<nav class="side" aria-label="Team">
<p class="me"><label for="me">You are</label> <select id="me"></select></p>
<ul id="channels" aria-label="Channels"></ul>
</nav>
<main aria-label="The channel in Teams">
<div class="top"><h1 id="place">Pretend Teams</h1><p id="back" hidden><a href="?">All threads of the channel</a></p></div>
<div id="log" class="log" role="log" tabindex="0" aria-label="Messages"></div>
<p id="notice" class="notice" role="alert"></p>
<form id="composer" class="composer">
<label for="text" id="text-label">Message</label>
<div class="line"><textarea id="text" rows="2" autocomplete="off"></textarea><button type="submit">Send</button></div>
<p class="hint">Enter sends, Shift+Enter starts a new line, <code>@Muster</code> in front is said to the app</p>
</form>
</main>
<dialog id="dialog" class="dialog" aria-labelledby="dialog-title"></dialog>
<noscript><p class="pretend">This page needs JavaScript to show the pretend Teams.</p></noscript>
</body>
</html>
`;
