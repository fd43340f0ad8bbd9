/** Entry of the program, from source and inside the binary. */
import { runCommand } from "./cli.ts";

process.exit(await runCommand(process.argv.slice(2)));
