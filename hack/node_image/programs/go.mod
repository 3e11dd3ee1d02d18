module tutoriallab.dev/hack/node-image

go 1.24.0
