using Matchmaking.Matching;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Quality;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Bus;

if (args is [TrainCommand.Name, .. var rest]) return TrainCommand.Run(rest, Console.Out, Console.Error, CancellationToken.None);
if (args is [FiguresCommand.Name, .. var question]) return FiguresCommand.Run(question, Console.Out, Console.Error, CancellationToken.None);

var builder = WebApplication.CreateBuilder(args);
builder.AddDefaults("matching");
builder.AddMatching();
builder.AddBus();

var app = builder.Build();
app.MapDefaults();
app.MapMatching();
app.Run();
return 0;
