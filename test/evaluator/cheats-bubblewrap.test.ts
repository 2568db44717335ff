import { testCheats } from "./cheats.ts";
import { describeModes } from "./modes.ts";

describeModes(({ name }) => name === "bubblewrap", testCheats);
