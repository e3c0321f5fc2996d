// The REST API's contract, read from where it is served. Only reading can be tried here.
const place = document.getElementById("api-document");
// The page has its own main part already.
const plain = () => place.querySelector("main")?.setAttribute("role", "presentation");
new MutationObserver(plain).observe(place, { childList: true, subtree: true });
window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.contract,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  supportedSubmitMethods: ["get"],
});
