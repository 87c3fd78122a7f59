// What every page gets. Each module does one thing and leaves a page alone that has no use for it.
import './copy.js';
import './theme.js';
import './address.js';
import './dialog.js';
import './times.js';
import './log.js';
import './passkey.js';
import './form.js';
import './stream.js';
