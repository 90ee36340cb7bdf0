// n8n loads the nodes and credentials listed in package.json; there is nothing to import here.
module.exports = {};
