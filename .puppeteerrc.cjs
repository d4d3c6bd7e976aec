// The tests draw with the Chromium of the system, if there is one: no need to download another.
module.exports = { skipDownload: true };
