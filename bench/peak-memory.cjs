// Loaded before the measured program: tells its peak memory when it ends.
const { writeFileSync } = require("node:fs");
process.on("exit", () => writeFileSync(process.env.PEAK_MEMORY_FILE, String(process.resourceUsage().maxRSS)));
