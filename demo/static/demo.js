// What SimCord's page lacks for a try-out. It is loaded before the page's own script.
import "./door.js";
import { notice } from "./notice.js";
import { follow } from "./timeline.js";
import { compose } from "./composer.js";
import { side } from "./side.js";

follow();
compose();
try {
  await side();
} catch {
  notice("The page could not be loaded. Does <code>make demo</code> still run?");
}
