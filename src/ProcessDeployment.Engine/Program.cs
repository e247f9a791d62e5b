Console.WriteLine("starting"); 
