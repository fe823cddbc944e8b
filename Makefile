# Each target is one command that also works typed by hand; docs/operating.md explains them.
SHELL := /bin/bash
SERVER := src/CyberInsights.Server
.PHONY: run demo migrate test check format build bench eval gallery train knowledge world cities clean

run: ; dotnet run -c Release --project $(SERVER) -- run
demo: ; dotnet run -c Release --project $(SERVER) -- demo
build: ; dotnet build CyberInsights.slnx -c Release
format: ; dotnet tool restore && dotnet csharpier format src tests bench train
test: ; tests/run
check: ; dotnet tool restore && dotnet csharpier check src tests bench train && dotnet build CyberInsights.slnx -c Release && $(MAKE) test
bench: ; dotnet run -c Release --project bench/CyberInsights.Benchmarks -- bench
eval: ; dotnet run -c Release --project bench/CyberInsights.Benchmarks -- eval $(if $(SUITE),--suite $(SUITE)) --data $(or $(DATA),.corpora)
gallery: ; dotnet run -c Release --project bench/CyberInsights.Benchmarks -- gallery docs/gallery
train: ; dotnet run -c Release --project train/CyberInsights.Training -- train $(MODEL) --data $(or $(DATA),.corpora)
knowledge: ; dotnet run -c Release --project train/CyberInsights.Training -- knowledge --data $(or $(DATA),.corpora)
world: ; dotnet run -c Release --project train/CyberInsights.Training -- world --data $(or $(DATA),.corpora) --land $(LAND)
cities: ; dotnet run -c Release --project train/CyberInsights.Training -- cities --cities $(CITIES) --names $(NAMES)
clean: ; git clean -xdf --exclude=data --exclude=.corpora
