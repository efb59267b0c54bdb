import { InputPathToUrlTransformPlugin } from "@11ty/eleventy";

export default (config) => {
  config.addPlugin(InputPathToUrlTransformPlugin); // Turn links to files into links to pages.
  return { dir: { input: "content", includes: "../_includes" }, markdownTemplateEngine: false };
};
