using Matchmaking.ServiceDefaults;
using Matchmaking.Web;

var builder = WebApplication.CreateBuilder(args);
builder.AddDefaults("web");
builder.AddWeb();

var app = builder.Build();
app.MapDefaults();
app.MapWeb();
app.Run();
