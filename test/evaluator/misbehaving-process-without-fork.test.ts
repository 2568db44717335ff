import { testMisbehaviour } from "./misbehaving.ts";
import { describeModes } from "./modes.ts";

describeModes(({ name }) => name === "process without fork", testMisbehaviour);
