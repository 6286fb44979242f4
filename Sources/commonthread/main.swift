print("commonthread")
