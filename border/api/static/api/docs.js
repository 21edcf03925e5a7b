"use strict";

const page = document.getElementById("api");
SwaggerUIBundle({
  url: page.dataset.schema,
  domNode: page,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  supportedSubmitMethods: ["get", "head"],
  validatorUrl: null,
});
