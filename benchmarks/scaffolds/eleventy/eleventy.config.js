import { InputPathToUrlTransformPlugin } from "@11ty/eleventy";

export default (config) => {
  config.addPlugin(InputPathToUrlTransformPlugin); // A link to a file leads to its page.
  return { dir: { input: "content", includes: "../_includes" }, markdownTemplateEngine: false };
};
