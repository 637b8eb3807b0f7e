/** Tables are as wide as their content, whatever the terminal in which the tests run. */
process.stdout.columns = undefined;
