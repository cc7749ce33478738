using Matchmaking.AllInOne;
using Matchmaking.Matching;
using Matchmaking.Notification;
using Matchmaking.Profile;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Bus;
using Matchmaking.Web;

if (!StartOptions.TryParse(args, out var options)) return StartOptions.Usage();
var builder = options.CreateBuilder();
builder.AddDefaults("all-in-one", embedded: true);
builder.AddProfile();
builder.AddMatching();
builder.AddNotification();
builder.AddBus();
builder.AddWeb();
builder.AddDemo(options);

var app = builder.Build();
app.MapDefaults();
app.MapProfile();
app.MapMatching();
app.MapNotification();
app.MapWeb();
app.Run();
return 0;
