// A program that does nothing but run, so that a test can copy and paste on a display of its own.
const { app } = require('electron');

app.on('window-all-closed', () => undefined);
