/**
 * Imported before any SDK: their HTTP layers print whole requests, with authorization and tokens, when `DEBUG` names
 * them. The `debug` package reads the variable once, while it loads.
 */
delete process.env['DEBUG'];
