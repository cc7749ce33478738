using Matchmaking.Matching;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Bus;

var builder = WebApplication.CreateBuilder(args);
builder.AddDefaults("matching");
builder.AddMatching();
builder.AddBus();

var app = builder.Build();
app.MapDefaults();
app.MapMatching();
app.Run();
