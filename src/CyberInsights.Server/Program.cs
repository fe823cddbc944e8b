using CyberInsights.Server.Commands;
using CyberInsights.Storage;

NativeHeap.KeepTogether();
return await CommandLine.RunAsync(args, Console.Out, Console.Error);
